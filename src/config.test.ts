import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
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
    model: undefined,
  });
  expect(isAbsolute(config.embedded)).toBe(true);
  expect(config.embedded.endsWith(join("models", "compact"))).toBe(true);
});

test("flags win over the environment", () => {
  const env = { SEMBLANCE_PORT: "1234", SEMBLANCE_DATA: "/env" };
  expect(loadConfig({ port: "5678" }, env)).toMatchObject({ port: 5678, data: resolve("/env") });
});

test("a model may be an id or a folder", () => {
  expect(loadConfig({ model: "./my-model" }, {}).model).toBe(resolve("my-model"));
});

test("a model may be the id of an installed one, and what is not installed is named with the way out", () => {
  const data = mkdtempSync(join(tmpdir(), "semblance-"));
  const folder = join(data, "models", "better");
  expect(() => loadConfig({ data, model: "better" }, {})).toThrow(
    /installed model for model \(--model or SEMBLANCE_MODEL\) but received "better".*semblance models pull better.*\.\/better/,
  );
  mkdirSync(folder, { recursive: true });
  expect(loadConfig({ data, model: "better" }, {}).model).toBe(folder);
  expect(() => loadConfig({ data, model: ".." }, {})).toThrow(/small letters.*received ".."/);
});

test.each([
  [{ port: "http" }, /port .*SEMBLANCE_PORT.* received "http"/],
  [{ port: "65536" }, /port/],
  [{ threads: "0" }, /threads/],
  [{ device: "gpu" }, /one of auto, cpu, .*--device or SEMBLANCE_DEVICE.* received "gpu"/],
  [{ urlAllow: "a/b" }, /hosts such as .*--url-allow or SEMBLANCE_URL_ALLOW.* received "a\/b"/],
  [{ urlAllow: "http://photos.lan" }, /--url-allow/],
  [{ urlAllow: "photos.lan:0" }, /--url-allow/],
  [{ urlAllow: "*.lan" }, /--url-allow/],
  [{ urlAllow: "photos.lan,:80" }, /--url-allow/],
  [{ urlMirror: "example.com" }, /hosts with folders .*--url-mirror or SEMBLANCE_URL_MIRROR/],
  [{ urlMirror: "example.com=" }, /--url-mirror/],
  [{ urlMirror: "=./folder" }, /--url-mirror/],
  [{ urlMirror: "https://example.com=./folder" }, /--url-mirror/],
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

test("takes hosts whose addresses may be private", () => {
  const { urlAllow } = loadConfig({}, { SEMBLANCE_URL_ALLOW: "Photos.LAN, 127.1:9000,[::1]:80," });
  expect(urlAllow).toEqual([
    { hostname: "photos.lan", port: undefined },
    { hostname: "127.0.0.1", port: 9000 },
    { hostname: "[::1]", port: 80 },
  ]);
  expect(loadConfig({}, {}).urlAllow).toEqual([]);
});

test("takes hosts and paths that folders stand for", () => {
  const { urlMirror } = loadConfig(
    { urlMirror: "example.com=./a=b,S3.test:8080/x%20y/=/photos" },
    {},
  );
  expect(urlMirror).toEqual([
    { host: "example.com", prefix: [], folder: resolve("a=b") },
    { host: "s3.test:8080", prefix: ["x y"], folder: resolve("/photos") },
  ]);
});

test("takes a certificate only with its key", () => {
  const both = { SEMBLANCE_TLS_CERT: "cert.pem", SEMBLANCE_TLS_KEY: "/key.pem" };
  expect(loadConfig({}, both)).toMatchObject({
    tlsCert: resolve("cert.pem"),
    tlsKey: resolve("/key.pem"),
  });
  expect(() => loadConfig({ tlsCert: "cert.pem" }, {})).toThrow(/only the certificate/);
  expect(() => loadConfig({ tlsKey: "key.pem" }, {})).toThrow(/only the key/);
});
