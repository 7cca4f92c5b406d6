import { expect, test } from "vitest";
import { call, start } from "./start.ts";

const headers = { "x-semblance-token": "secret" };

test("runs commands of the command line for who knows the token", async () => {
  const { url, engine } = await start({}, { localToken: "secret" });
  engine.put({ id: "a", name: "b.jpg" });
  const index = await call(`${url}/local/index`, "POST", { paths: ["/photos"] }, headers);
  expect(index.json).toMatchObject({ queued: 1, unchanged: 0 });
  const search = await call(`${url}/local/search`, "POST", { text: "dog", limit: 3 }, headers);
  expect(search.json).toEqual({ hits: [{ id: "a", path: "b.jpg", score: 1 }], total: 1 });
  const status = await call(`${url}/local/status`, "POST", {}, headers);
  expect(status.json.counts).toMatchObject({ processed: 1 });
});

test("runs nothing without the token", async () => {
  const { url, engine } = await start({}, { localToken: "secret" });
  for (const token of [undefined, "", "guess", "secrets"]) {
    const given = token === undefined ? {} : { "x-semblance-token": token };
    const refused = await call(`${url}/local/search`, "POST", { text: "x", limit: 1 }, given);
    expect(refused.status).toBe(403);
    expect(refused.json).toMatchObject({ code: "forbidden", message: expect.any(String) });
  }
  expect(engine.searches).toEqual([]);
});

test("runs nothing for another web page, token or not", async () => {
  const { url } = await start({}, { localToken: "secret" });
  const foreign = { ...headers, origin: "https://evil.example" };
  expect((await call(`${url}/local/status`, "POST", {}, foreign)).status).toBe(403);
});

test("names the parameter that a command cannot take", async () => {
  const { url } = await start({}, { localToken: "secret" });
  const { status, json } = await call(`${url}/local/index`, "POST", { paths: ["./x"] }, headers);
  expect(status).toBe(400);
  expect(json.code).toBe("invalid_request");
  expect(json.message).toContain("paths");
});

test("needs no key besides the token", async () => {
  const { url } = await start({ key: "a-key-of-sixteen-or-more" }, { localToken: "secret" });
  expect((await call(`${url}/local/status`, "POST", {}, headers)).status).toBe(200);
});

test("has no local routes without a token", async () => {
  const { url } = await start();
  expect((await call(`${url}/local/index`, "POST", { paths: ["/x"] }, headers)).status).toBe(404);
});
