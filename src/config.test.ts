import { isAbsolute, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "./config.ts";

test("has defaults for everything", () => {
  const config = loadConfig({}, {});
  expect(config).toMatchObject({
    data: resolve("data"),
    host: "127.0.0.1",
    port: 8484,
    key: undefined,
  });
  expect(isAbsolute(config.model) && config.model.endsWith(join("models", "compact"))).toBe(true);
});

test("flags win over the environment", () => {
  const env = { SEMBLANCE_PORT: "1234", SEMBLANCE_DATA: "/env" };
  expect(loadConfig({ port: "5678" }, env)).toMatchObject({ port: 5678, data: resolve("/env") });
});

test("a model may be an id or a folder", () => {
  expect(loadConfig({ model: "./my-model" }, {}).model).toBe(resolve("my-model"));
});

test.each([
  [{ port: "http" }, /port .*SEMBLANCE_PORT.* received "http"/],
  [{ port: "65536" }, /port/],
  [{ threads: "0" }, /threads/],
])("names a setting that is wrong: %j", (flags, message) => {
  expect(() => loadConfig(flags, {})).toThrow(message);
});

test("listening beyond this machine needs a key, and a short one is not shown", () => {
  expect(() => loadConfig({ host: "0.0.0.0" }, {})).toThrow(/SEMBLANCE_KEY/);
  expect(() => loadConfig({ host: "0.0.0.0" }, { SEMBLANCE_KEY: "hunter2" })).toThrow(
    /^(?!.*hunter2)/,
  );
  expect(loadConfig({ host: "0.0.0.0" }, { SEMBLANCE_KEY: "0123456789abcdef" }).key).toBe(
    "0123456789abcdef",
  );
});
