import { request as httpRequest } from "node:http";
import { expect, test, vi } from "vitest";
import { call, KEY, start } from "./start.ts";

/** A GET with exactly these headers; fetch would not let us choose Host. */
function get(port: number, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    httpRequest({ port, path, headers, host: "127.0.0.1" }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode ?? 0));
    })
      .on("error", reject)
      .end();
  });
}

test("needs no key on loopback, and takes any", async () => {
  const { url } = await start();
  expect((await call(`${url}/v2/inputs`)).status).toBe(200);
  const { status } = await call(`${url}/v2/inputs`, "GET", undefined, { authorization: "Key x" });
  expect(status).toBe(200);
});

test.each([
  ["localhost:1", 200],
  ["LOCALHOST", 200],
  ["127.0.0.1", 200],
  ["127.8.8.8:99", 200],
  ["[::1]:8484", 200],
  ["photos.localhost", 200],
  ["localhost.", 200],
  ["evil.example", 403],
  ["localhost.evil.example", 403],
  ["127.0.0.1.evil.example", 403],
  ["evil.example@localhost", 403],
  ["192.168.1.2", 403],
  ["[::2]", 403],
])("answers Host %s with %i", async (host, status) => {
  const { port } = await start();
  expect(await get(port, "/v2/inputs", { host })).toBe(status);
  expect(await get(port, "/", { host })).toBe(status === 200 ? 503 : status);
});

test("takes any Host where a key protects", async () => {
  const { port } = await start({ key: KEY });
  const headers = { host: "photos.example", authorization: `Key ${KEY}` };
  expect(await get(port, "/v2/inputs", headers)).toBe(200);
});

test("refuses pages of other origins without a key", async () => {
  const { url, port } = await start();
  const from = async (origin: string, method = "GET") =>
    (await call(`${url}/v2/inputs`, method, undefined, { origin })).status;
  expect(await from(`http://127.0.0.1:${port}`)).toBe(200);
  expect(await from(`http://127.0.0.1:${port + 1}`)).toBe(403);
  expect(await from(`http://localhost:${port}`)).toBe(403);
  expect(await from("https://evil.example")).toBe(403);
  expect(await from("null")).toBe(403);
  expect(await from("https://evil.example", "DELETE")).toBe(403);
  const upload = await fetch(`${url}/uploads`, {
    method: "POST",
    body: "x",
    headers: { origin: "https://evil.example", "content-type": "text/plain" },
  });
  expect(upload.status).toBe(403);
  const rpc = await fetch(`${url}/clarifai.api.V2/ListInputs`, {
    method: "POST",
    body: "{}",
    headers: { origin: "https://evil.example", "content-type": "application/json" },
  });
  expect(await rpc.json()).toMatchObject({ status: { code: "CONN_INSUFFICIENT_SCOPES" } });
});

test.each([
  ["no key", {}, 401],
  ["a wrong key", { authorization: "Key wrong" }, 401],
  ["the key without its word", { authorization: KEY }, 401],
  ["a wrong cookie", { cookie: "semblance_session=x" }, 401],
  ["the key", { authorization: `Key ${KEY}` }, 200],
  ["the key as Bearer", { authorization: `bearer ${KEY}` }, 200],
])("answers %s with its status", async (_name, headers: Record<string, string>, status) => {
  const { url } = await start({ key: KEY });
  for (const path of ["/v2/inputs", "/v2/users/me/apps/photos/inputs"]) {
    const got = await call(url + path, "GET", undefined, headers);
    expect(got.status).toBe(status);
    if (status !== 401) continue;
    expect(got.json.status.code).toBe(11008);
    expect(got.json.status.description).toBe("Invalid API key or Invalid API key/application pair");
  }
});

test("asks for the key on pictures and uploads, not on health and the page", async () => {
  const { url } = await start({ key: KEY });
  expect((await call(`${url}/thumbnails/a`)).status).toBe(401);
  expect((await call(`${url}/originals/a`)).status).toBe(401);
  expect((await fetch(`${url}/uploads`, { method: "POST", body: "x" })).status).toBe(401);
  expect((await call(`${url}/health`)).json).toEqual({ status: "ok" });
  expect((await call(`${url}/`)).status).toBe(503);
});

test("opens a session for the key, and ends it", async () => {
  const { url } = await start({ key: KEY });
  const session = (headers = {}) => call(`${url}/session`, "GET", undefined, headers);
  expect((await session()).json).toEqual({ signed_in: false, required: true });
  expect((await call(`${url}/session`, "POST", { key: "wrong" })).status).toBe(401);
  expect((await call(`${url}/session`, "POST", {})).status).toBe(401);
  const signedIn = await call(`${url}/session`, "POST", { key: KEY });
  const cookie = signedIn.headers.get("set-cookie") ?? "";
  expect(cookie).toMatch(/HttpOnly; SameSite=Strict; Max-Age=2592000/);
  expect(cookie).not.toContain(KEY);
  const headers = { cookie: `other=1; ${cookie.split(";")[0]}` };
  expect((await session(headers)).json.signed_in).toBe(true);
  expect((await call(`${url}/v2/inputs`, "GET", undefined, headers)).status).toBe(200);
  await call(`${url}/session`, "DELETE", undefined, headers);
  expect((await call(`${url}/v2/inputs`, "GET", undefined, headers)).status).toBe(401);
});

test("lets a session end after 30 days", async () => {
  const { url } = await start({ key: KEY });
  const signedIn = await call(`${url}/session`, "POST", { key: KEY });
  const headers = { cookie: signedIn.headers.get("set-cookie")?.split(";")[0] ?? "" };
  const now = Date.now();
  const clock = vi.spyOn(Date, "now");
  const status = async () => (await call(`${url}/v2/inputs`, "GET", undefined, headers)).status;
  clock.mockReturnValue(now + 30 * 24 * 3600 * 1000 - 60_000);
  expect(await status()).toBe(200);
  clock.mockReturnValue(now + 30 * 24 * 3600 * 1000 + 60_000);
  expect(await status()).toBe(401);
  clock.mockRestore();
});

test("says on loopback that nobody needs to sign in", async () => {
  const { url } = await start();
  expect((await call(`${url}/session`)).json).toEqual({ signed_in: true, required: false });
  expect((await call(`${url}/session`, "POST", { key: "x" })).json.signed_in).toBe(true);
});

test("lets a page of another origin in that shows the key, but not with the cookie", async () => {
  const { url } = await start({ key: KEY });
  const origin = "https://app.example";
  const preflight = await fetch(`${url}/v2/inputs`, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization",
    },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-headers")).toBe("authorization");
  const keyed = await call(`${url}/v2/inputs`, "GET", undefined, {
    origin,
    authorization: `Key ${KEY}`,
  });
  expect(keyed.status).toBe(200);
  expect(keyed.headers.get("access-control-allow-origin")).toBe(origin);
  expect(keyed.headers.get("access-control-allow-credentials")).toBeNull();
  const signedIn = await call(`${url}/session`, "POST", { key: KEY });
  const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
  const cookieOnly = await call(`${url}/v2/inputs`, "GET", undefined, { origin, cookie });
  expect(cookieOnly.status).toBe(403);
});

test("allows no preflight without a key", async () => {
  const { url } = await start();
  const response = await fetch(`${url}/v2/inputs`, {
    method: "OPTIONS",
    headers: { origin: "https://app.example", "access-control-request-method": "POST" },
  });
  expect(response.status).toBe(403);
  expect(response.headers.get("access-control-allow-origin")).toBeNull();
});
