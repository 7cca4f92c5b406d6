import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { RequestListener, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makeCertificate } from "../../../test/fixtures/certificate.ts";
import { type ImageServer, startImageServer } from "../../../test/fixtures/image-server.ts";
import { LIMITS } from "../../limits.ts";
import { createFetchImage } from "./fetch-image.ts";

const certificate = makeCertificate();
const IMAGE = Buffer.from("the bytes of an image");
// Packed before anybody waits for it: the client takes silence of 0.3 s for an end.
const BOMB = gzipSync(Buffer.alloc(LIMITS.imageBytes + 1));
const redirect =
  (location: string, status = 302): RequestListener =>
  (_request, response) =>
    void response.writeHead(status, { location }).end();

async function drip(response: ServerResponse, everyMs: number): Promise<void> {
  while (!response.destroyed) {
    response.write("x");
    await setTimeout(everyMs);
  }
}

function flood(response: ServerResponse): void {
  const chunk = Buffer.alloc(2 ** 20);
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on("drain", more);
  more();
}

let secret: ImageServer;
let server: ImageServer;
beforeAll(async () => {
  secret = await startImageServer({ "/": Buffer.from("secret") });
  server = await startImageServer({
    "/image": IMAGE,
    "/empty": Buffer.alloc(0),
    "/limit": Buffer.alloc(LIMITS.imageBytes),
    "/gzip": (_request, response) =>
      void response.setHeader("content-encoding", "gzip").end(gzipSync(IMAGE)),
    "/bomb": (_request, response) => void response.setHeader("content-encoding", "gzip").end(BOMB),
    "/cut-gzip": (_request, response) =>
      void response.setHeader("content-encoding", "gzip").end(gzipSync(IMAGE).subarray(0, 15)),
    "/brotli": (_request, response) =>
      void response.setHeader("content-encoding", "br").end("whatever"),
    "/endless": (_request, response) => flood(response),
    "/announced": (_request, response) => {
      response.setHeader("content-length", LIMITS.imageBytes + 1).write("x");
    },
    "/short": (_request, response) => {
      response.setHeader("content-length", 1000).write("x");
      response.socket?.end();
    },
    "/reset": (request) => request.socket.resetAndDestroy(),
    "/noise": (request) => request.socket.end("SSH-2.0-OpenSSH_9.6\r\n"),
    "/silent": () => {},
    "/stuck": (_request, response) => void response.write("x"),
    "/drip": (_request, response) => void drip(response, 20),
    "/busy": (_request, response) => void response.writeHead(503).end(),
    "/no-content": (_request, response) => void response.writeHead(204).end(),
    "/nowhere": (_request, response) => void response.writeHead(302).end(),
    "/to-image": redirect("image", 301),
    "/hop1": redirect("/hop2"),
    "/hop2": redirect("/hop3", 307),
    "/hop3": redirect("/hop4", 308),
    "/hop4": redirect("/hop5", 303),
    "/hop5": redirect("/image"),
    "/hop0": redirect("/hop1"),
    "/loop": redirect("/loop"),
    "/to-file": redirect("file:///etc/passwd"),
    "/to-password": redirect("http://user:pass@example.com/"),
    "/to-loopback": (request, response) =>
      redirect(`http://127.0.0.1:${secret.port}/`)(request, response),
    "/to-decimal": (request, response) =>
      redirect(`http://2130706433:${secret.port}/`)(request, response),
    "/to-name": (request, response) =>
      redirect(`http://rebound.test:${secret.port}/`)(request, response),
  });
});
afterAll(() => Promise.all([secret.close(), server.close()]));

const at = (...addresses: string[]) =>
  addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

// Only the hostile server is allowed; names of ".test" are on this machine.
function open(network: Parameters<typeof createFetchImage>[1] = {}) {
  return createFetchImage(
    { urlAllow: [{ hostname: "127.0.0.1", port: server.port }], urlMirror: [] },
    { idleMs: 300, totalMs: 3000, ...network },
  );
}

test("fetches bytes with a plain request", async () => {
  vi.stubEnv("HTTP_PROXY", secret.url);
  const bytes = await open()(`${server.url}/image?size=1#top`);
  vi.unstubAllEnvs();
  expect(Buffer.from(bytes)).toEqual(IMAGE);
  const { url, headers } = server.requests.at(-1)!;
  expect(url).toBe("/image?size=1");
  expect(headers).toEqual({
    accept: "image/*",
    "accept-encoding": "identity",
    "user-agent": "Semblance",
    host: `127.0.0.1:${server.port}`,
    connection: "close",
  });
});

test.each(["/gzip", "/to-image", "/hop1"])("fetches bytes behind %s", async (path) => {
  expect(Buffer.from(await open()(server.url + path))).toEqual(IMAGE);
});

test("takes as many bytes as an image may have", async () => {
  expect(await open()(`${server.url}/limit`)).toHaveLength(LIMITS.imageBytes);
});

test.each(["/announced", "/endless", "/bomb"])("stops reading too large %s", async (path) => {
  await expect(open()(server.url + path)).rejects.toMatchObject({
    code: "image_too_large",
    message: expect.stringContaining(`${LIMITS.imageBytes} bytes for the image at ${server.url}`),
  });
});

test.each([
  ["/missing", "HTTP status 404", false],
  ["/busy", "HTTP status 503", true],
  ["/empty", "0 bytes", false],
  ["/no-content", "0 bytes", false],
  ["/short", "broke off", true],
  ["/reset", "broke off", true],
  ["/noise", "does not speak HTTP", false],
  ["/cut-gzip", "gzip encoding is damaged", false],
  ["/brotli", "packs it as br", false],
  ["/silent", "nothing came for 0.3 s", true],
  ["/stuck", "nothing came for 0.3 s", true],
  ["/loop", "redirected more than 5 times", false],
  ["/hop0", "redirected more than 5 times", false],
  ["/nowhere", "redirected to nowhere", false],
])("says why %s is unreachable: %s", async (path, reason, isTransient) => {
  await expect(open()(server.url + path)).rejects.toMatchObject({
    code: "url_unreachable",
    message: expect.stringMatching(
      new RegExp(`^Expected an image at ${server.url}${path} but .*${reason}`),
    ),
    details: { isTransient },
  });
});

test("gives up on a server that sends byte by byte", async () => {
  const startMs = performance.now();
  await expect(open({ totalMs: 500 })(`${server.url}/drip`)).rejects.toMatchObject({
    code: "url_unreachable",
    message: expect.stringContaining("longer than 0.5 s"),
  });
  expect(performance.now() - startMs).toBeLessThan(2500);
});

test("gives up on DNS that does not answer", async () => {
  const fetchImage = open({ totalMs: 100, lookupAll: () => new Promise(() => {}) });
  await expect(fetchImage("http://slow.test/")).rejects.toMatchObject({
    message: expect.stringContaining("longer than 0.1 s"),
  });
});

test("stops when nobody waits any more", async () => {
  const stop = new AbortController();
  const fetched = open()(`${server.url}/drip`, stop.signal);
  await vi.waitFor(() => expect(server.requests.at(-1)?.url).toBe("/drip"));
  stop.abort();
  await expect(fetched).rejects.toMatchObject({ code: "cancelled" });
  await expect(open()(`${server.url}/image`, AbortSignal.abort())).rejects.toMatchObject({
    code: "cancelled",
  });
});

test.each([
  ["ENOTFOUND", "was not found", false],
  ["EAI_AGAIN", "could not be looked up", true],
])("says that a name has no address: %s", async (code, reason, isTransient) => {
  const lookupAll = async () => Promise.reject(Object.assign(new Error("dns"), { code }));
  await expect(open({ lookupAll })("http://nobody.test/")).rejects.toMatchObject({
    code: "url_unreachable",
    message: expect.stringContaining(reason),
    details: { isTransient },
  });
});

test.skipIf(certificate === undefined)(
  "does not trust a certificate that nobody vouches for",
  async () => {
    const files = { cert: certificate!.cert, key: readFileSync(certificate!.tlsKey) };
    const https = createServer(files, (_request, response) => response.end(IMAGE)).listen(0);
    await once(https, "listening");
    const { port } = https.address() as AddressInfo;
    const fetchImage = createFetchImage({
      urlAllow: [{ hostname: "127.0.0.1", port }],
      urlMirror: [],
    });
    await expect(fetchImage(`https://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: "url_unreachable",
      message: expect.stringMatching(/connection failed: self.signed certificate/),
    });
    https.close();
  },
);

test("says that a server refuses connections", async () => {
  const closed = await startImageServer({});
  await closed.close();
  const fetchImage = createFetchImage({
    urlAllow: [{ hostname: "127.0.0.1", port: undefined }],
    urlMirror: [],
  });
  await expect(fetchImage(closed.url)).rejects.toMatchObject({
    code: "url_unreachable",
    message: expect.stringContaining("refused the connection"),
  });
});

test.each(["/to-loopback", "/to-decimal", "/to-name", "/to-file", "/to-password"])(
  "does not follow a redirect %s",
  async (path) => {
    const asked = secret.requests.length;
    const lookupAll = async () => at("127.0.0.1");
    const refused = open({ lookupAll })(server.url + path);
    await expect(refused).rejects.toMatchObject({
      code: "url_invalid",
      message: expect.stringContaining(`behind ${server.url}${path} but`),
    });
    expect(secret.requests).toHaveLength(asked);
  },
);

test.each([
  "http://127.0.0.1",
  "http://localhost",
  "http://0",
  "http://0x7f.1",
  "http://017700000001",
  "http://2130706433",
  "http://[::1]",
  "http://[::]",
  "http://[::ffff:127.0.0.1]",
  "http://[::ffff:7f00:1]",
  "https://[64:ff9b::7f00:1]",
])("refuses this machine as %s", async (origin) => {
  await expect(open()(`${origin}:${secret.port}/`)).rejects.toMatchObject({ code: "url_invalid" });
  expect(secret.requests).toHaveLength(0);
});

test.each([
  ["private", at("10.1.2.3")],
  ["metadata", at("169.254.169.254")],
  ["public and private", at("8.8.8.8", "192.168.0.1")],
  ["public and mapped", at("2606:4700:4700::1111", "::ffff:10.0.0.1")],
])("refuses a name with %s addresses, and says nothing of them", async (_kind, addresses) => {
  const fetchImage = open({ lookupAll: async () => addresses });
  const error = await fetchImage("https://photos.test/a.jpg").catch((thrown) => thrown);
  expect(error).toMatchObject({ code: "url_invalid" });
  for (const { address } of addresses) expect(error.message).not.toContain(address);
});

test("connects to the addresses that were checked, whatever DNS says next", async () => {
  const answers = [at("127.0.0.1"), at("10.0.0.1")];
  const lookupAll = vi.fn(async () => answers.shift() ?? []);
  const fetchImage = createFetchImage(
    { urlAllow: [{ hostname: "photos.test", port: server.port }], urlMirror: [] },
    { lookupAll },
  );
  expect(Buffer.from(await fetchImage(`http://photos.test:${server.port}/image`))).toEqual(IMAGE);
  expect(lookupAll).toHaveBeenCalledExactlyOnceWith("photos.test");
  expect(server.requests.at(-1)?.headers.host).toBe(`photos.test:${server.port}`);
});

test("allows a host by name on its port only", async () => {
  const lookupAll = async () => at("127.0.0.1");
  const fetchFrom = (hostname: string, port?: number) =>
    createFetchImage(
      { urlAllow: [{ hostname, port }], urlMirror: [] },
      { lookupAll },
    )(`http://photos.test:${server.port}/image`);
  await expect(fetchFrom("photos.test")).resolves.toHaveLength(IMAGE.length);
  await expect(fetchFrom("photos.test", 80)).rejects.toMatchObject({ code: "url_invalid" });
  await expect(fetchFrom("other.photos.test")).rejects.toMatchObject({ code: "url_invalid" });
  await expect(fetchFrom("test")).rejects.toMatchObject({ code: "url_invalid" });
});

test.each([
  "ftp://example.com/a.jpg",
  "file:///etc/passwd",
  "data:image/png;base64,AAAA",
  "//example.com/a.jpg",
  "a.jpg",
  "",
  "http://",
])("refuses %j, which is no http or https URL", async (url) => {
  await expect(open()(url)).rejects.toMatchObject({
    code: "url_invalid",
    message: `Expected an http or https URL for the image but received ${url}.`,
  });
});

test("takes URLs of 8192 characters and no more", async () => {
  const url = `${server.url}/image?`.padEnd(LIMITS.urlLength, "a");
  await expect(open()(url)).resolves.toHaveLength(IMAGE.length);
  await expect(open()(`${url}a`)).rejects.toMatchObject({
    code: "url_invalid",
    message: expect.stringContaining("at most 8192 characters"),
  });
});

test("refuses passwords in a URL without repeating them", async () => {
  const error = await open()("https://me:hunter2@example.com/a.jpg").catch((thrown) => thrown);
  expect(error).toMatchObject({ code: "url_invalid" });
  expect(error.message).not.toContain("hunter2");
});

test("shows at most 200 characters of a URL", async () => {
  const url = `${server.url}/${"a".repeat(300)}`;
  const error = await open()(url).catch((thrown) => thrown);
  expect(error.message).toContain(`${url.slice(0, 200)}... but`);
  expect(error.message).not.toContain(url.slice(0, 201));
});
