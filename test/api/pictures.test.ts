import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { call, start } from "./start.ts";

test("sends a thumbnail that may be kept for a year", async () => {
  const { url, engine } = await start();
  engine.put({ id: "a" });
  const { status, headers, json } = await call(`${url}/thumbnails/a`);
  expect(status).toBe(200);
  expect(json).toBe("thumbnail of a");
  expect(headers.get("content-type")).toBe("image/jpeg");
  expect(headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
  const again = await call(`${url}/thumbnails/a`, "GET", undefined, {
    "if-none-match": `"other", W/${headers.get("etag")}`,
  });
  expect(again.status).toBe(304);
});

test("does not let a missing thumbnail be kept", async () => {
  const { url, engine } = await start();
  engine.put({ id: "a", status: "pending", sha256: null });
  for (const id of ["a", "nope"]) {
    const { status, headers, json } = await call(`${url}/thumbnails/${id}`);
    expect(status).toBe(404);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(json.status.code).toBe(11101);
  }
});

test("answers HEAD without the bytes", async () => {
  const { url, engine } = await start();
  engine.put({ id: "a" });
  const response = await fetch(`${url}/thumbnails/a`, { method: "HEAD" });
  expect(response.status).toBe(200);
  expect(await response.text()).toBe("");
});

test("links to pictures that it serves", async () => {
  const { url, engine } = await start();
  const id = "ä/b?c#d";
  engine.put({ id, name: "x&y=z.jpg" });
  engine.bytes.set(id, { bytes: Buffer.from("original"), mediaType: "image/png" });
  const { json } = await call(`${url}/v2/inputs/${encodeURIComponent(id)}`);
  const { image } = json.input.data;
  expect((await call(image.url)).json).toBe("original");
  expect(new URL(image.url).searchParams.get("name")).toBe("x&y=z.jpg");
  const { prefix, suffix } = image.hosted;
  expect((await call(`${prefix}/thumbnails/${suffix}`)).json).toBe(`thumbnail of ${id}`);
});

test("links to pictures of another app with its name", async () => {
  const { url, engine } = await start();
  engine.put({ id: "a" });
  const { json } = await call(`${url}/v2/users/me/apps/other/inputs/a`);
  const { image } = json.input.data;
  expect(new URL(image.url).searchParams.get("app_id")).toBe("other");
  const { prefix, suffix } = image.hosted;
  expect((await call(`${prefix}/thumbnails/${suffix}`)).status).toBe(200);
});

test.each(["image/jpeg", "image/heic", "image/tiff"])("shows %s", async (mediaType) => {
  const { url, engine } = await start();
  engine.put({ id: "a", name: "b/c.jpg" });
  engine.bytes.set("a", { bytes: Buffer.from("x"), mediaType });
  const { headers } = await call(`${url}/originals/a`);
  expect(headers.get("content-type")).toBe(mediaType);
  expect(headers.get("content-disposition")).toMatch(/^inline; filename="c.jpg"/);
  expect(headers.get("content-security-policy")).toContain("sandbox");
});

test.each(["image/svg+xml", "text/html", "application/xhtml+xml"])(
  "makes a download of %s",
  async (mediaType) => {
    const { url, engine } = await start();
    engine.put({ id: "a", name: "c.svg" });
    engine.bytes.set("a", { bytes: Buffer.from("<script>"), mediaType });
    const { headers } = await call(`${url}/originals/a`);
    expect(headers.get("content-type")).toBe("application/octet-stream");
    expect(headers.get("content-disposition")).toMatch(/^attachment;/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  },
);

test.each([
  ["a\r\nSet-Cookie: x=1.jpg", `filename="aSet-Cookie: x=1.jpg"`, "aSet-Cookie%3A%20x%3D1.jpg"],
  ['q"uo\\te".jpg', `filename="te_.jpg"`, "te%22.jpg"],
  ["../..\\etc/Ünï 猫.jpg", `filename="_n_ _.jpg"`, "%C3%9Cn%C3%AF%20%E7%8C%AB.jpg"],
  ["it's (1)*.jpg", `filename="it's (1)*.jpg"`, "it%27s%20%281%29%2A.jpg"],
  ["half \ud800.jpg", `filename="half _.jpg"`, "half%20%EF%BF%BD.jpg"],
  ["50%.jpg", `filename="50_.jpg"`, "50%25.jpg"],
])("sends the file name %j safely", async (name, ascii, encoded) => {
  const { url, engine } = await start();
  engine.put({ id: "a", name });
  engine.bytes.set("a", { bytes: Buffer.from("x"), mediaType: "image/jpeg" });
  const { status, headers } = await call(`${url}/originals/a?name=ignored.exe`);
  expect(status).toBe(200);
  expect(headers.get("set-cookie")).toBeNull();
  expect(headers.get("content-disposition")).toBe(`inline; ${ascii}; filename*=UTF-8''${encoded}`);
});

/** A built Portal. */
function webRoot(): string {
  const root = mkdtempSync(join(tmpdir(), "semblance-web-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, "assets"));
  writeFileSync(join(root, "index.html"), "<!doctype html>the Portal");
  writeFileSync(join(root, "assets", "app-1a2b.js"), "code");
  writeFileSync(join(root, "favicon.svg"), "<svg/>");
  return root;
}

test("serves the Portal's files", async () => {
  const { url } = await start({}, { webRoot: webRoot() });
  const asset = await call(`${url}/assets/app-1a2b.js`);
  expect(asset.json).toBe("code");
  expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  const icon = await call(`${url}/favicon.svg`);
  expect(icon.headers.get("cache-control")).toBe("no-cache");
});

test("serves the start page for every address of the Portal", async () => {
  const { url } = await start({ key: "a-key-of-sixteen-or-more" }, { webRoot: webRoot() });
  for (const path of ["/", "/inputs/IMG_1.jpg", "/search?q=dog", "/v2things"]) {
    const { status, headers, json } = await call(url + path, "GET", undefined, {
      accept: "text/html,*/*",
    });
    expect(status).toBe(200);
    expect(json).toContain("the Portal");
    expect(headers.get("cache-control")).toBe("no-cache");
    const csp = headers.get("content-security-policy");
    expect(csp).toContain("default-src 'self'");
    expect(csp).toContain("frame-ancestors 'none'");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  }
});

test("does not serve the start page for what is no page", async () => {
  const { url } = await start({}, { webRoot: webRoot() });
  const html = { accept: "text/html" };
  for (const path of ["/v2/nope", "/thumbnails", "/clarifai.api.V2/x", "/local/paths"]) {
    expect((await call(url + path, "GET", undefined, html)).status).toBe(404);
  }
  expect((await call(`${url}/assets/missing.js`)).status).toBe(404);
  expect((await call(`${url}/inputs`, "POST", {}, html)).status).toBe(404);
});

test("serves nothing outside the Portal's folder", async () => {
  const root = webRoot();
  writeFileSync(`${root}-secret`, "secret");
  onTestFinished(() => rmSync(`${root}-secret`));
  const { url } = await start({}, { webRoot: root });
  for (const path of ["/..%2f", "/%2e%2e/", "/assets/..%5c..%5c"]) {
    const { json } = await call(`${url}${path}${root.split("/").at(-1)}-secret`);
    expect(JSON.stringify(json)).not.toContain('"secret"');
  }
});

test("says how to build the Portal where it is not built", async () => {
  const { url } = await start();
  const { status, json } = await call(`${url}/`);
  expect(status).toBe(503);
  expect(json).toContain("npm run build");
});
