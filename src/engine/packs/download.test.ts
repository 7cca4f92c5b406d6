// One file from a hub that behaves, and from one that does not.
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { makeCertificate } from "../../../test/fixtures/certificate.ts";
import { temporaryFolder } from "../../../test/fixtures/engine.ts";
import {
  breakOff,
  COMMIT,
  etagOf,
  type HubServer,
  sendRange,
  sha256,
  startHub,
} from "../../../test/fixtures/hub-server.ts";
import { LIMITS } from "../../limits.ts";
import { downloadFile, type RemoteFile } from "./download.ts";
import { type Env, HUB_TIMES, openHub, resolveUrl } from "./hub.ts";

const big = Buffer.alloc(300_000, "model ");
const small = Buffer.from('{"small": true}');
const QUICK = { connectMs: 2000, idleMs: 2000, retryMs: 5, triesMax: 3 };

let server: HubServer;
let target: string;
beforeEach(async () => {
  server = await startHub({ "onnx/big.onnx": big, "config.json": small });
  target = join(temporaryFolder(), "onnx", "model.onnx");
});
afterEach(() => server.close());

type Asked = Partial<RemoteFile> & {
  path?: string;
  env?: Env;
  signal?: AbortSignal;
  times?: object;
};

async function download(asked: Asked = {}, seen: number[] = []) {
  const { path = "onnx/big.onnx", env, signal, times, ...file } = asked;
  const hub = openHub({ HF_ENDPOINT: server.hub.url, ...env }, { ...QUICK, ...times });
  const url = resolveUrl(hub, "owner/name", COMMIT, path);
  const remote = { url, origin: `owner/name/${path}`, sha256: null, sizeBytes: null, ...file };
  try {
    return await downloadFile(hub, remote, target, {
      signal,
      onBytes: (bytes) => seen.push(bytes),
    });
  } finally {
    await hub.close();
  }
}

/** What an earlier process has left. */
function leave(bytes: Buffer, etag: string | null = etagOf(big)): void {
  mkdirSync(join(target, ".."), { recursive: true });
  writeFileSync(`${target}.partial`, bytes);
  const note = { origin: "owner/name/onnx/big.onnx", etag };
  writeFileSync(`${target}.partial.json`, JSON.stringify(note));
}

const ranges = () => server.storage.requests.map(({ headers }) => headers.range);
const expectBig = () => expect(readFileSync(target).equals(big)).toBe(true);

describe("a hub that behaves", () => {
  test("gives a large file through its storage, checked by the hub's SHA-256", async () => {
    const seen: number[] = [];
    expect(await download({}, seen)).toEqual({
      sha256: sha256(big),
      sizeBytes: big.length,
      checked: "hub",
      commit: COMMIT,
    });
    expectBig();
    expect(seen.at(-1)).toBe(big.length);
    expect(existsSync(`${target}.partial`) || existsSync(`${target}.partial.json`)).toBe(false);
  });

  test("gives a small file itself, checked by git's id of it", async () => {
    expect(await download({ path: "config.json" })).toMatchObject({
      checked: "hub",
      commit: COMMIT,
    });
    expect(readFileSync(target).equals(small)).toBe(true);
    expect(server.storage.requests).toHaveLength(0);
  });

  test("is believed less than the manifest", async () => {
    const pinned = { sha256: sha256(big), sizeBytes: big.length };
    expect(await download(pinned)).toMatchObject({ checked: "manifest" });
  });

  test("gets the token, its storage does not, and nobody without one", async () => {
    await download({ env: { HF_TOKEN: "hf_secret" } });
    expect(server.hub.requests[0]?.headers.authorization).toBe("Bearer hf_secret");
    expect(server.storage.requests[0]?.headers.authorization).toBeUndefined();
    await download({ path: "config.json" });
    expect(server.hub.requests.at(-1)?.headers.authorization).toBeUndefined();
  });
});

describe("what is there already", () => {
  test("is gone on with, if it is of the same version", async () => {
    leave(big.subarray(0, 120_000));
    expect(await download()).toMatchObject({ sha256: sha256(big) });
    expectBig();
    expect(ranges()).toEqual(["bytes=120000-"]);
    expect(server.storage.requests[0]?.headers["if-range"]).toBe(etagOf(big));
  });

  test("is thrown away if the version is another one (If-Range)", async () => {
    leave(Buffer.alloc(120_000, "old"), '"old"');
    await download();
    expectBig();
  });

  test("is thrown away if it is of another file", async () => {
    leave(big.subarray(0, 1000));
    await download({ origin: "another/file" });
    expectBig();
    expect(ranges()).toEqual([undefined]);
  });

  test("is thrown away without its note", async () => {
    leave(big.subarray(0, 1000));
    writeFileSync(`${target}.partial.json`, '{"ori');
    await download();
    expectBig();
    expect(ranges()).toEqual([undefined]);
  });

  test("is gone on with without a version, if the manifest knows the digest", async () => {
    leave(big.subarray(0, 120_000), null);
    await download({ sha256: sha256(big) });
    expectBig();
    expect(ranges()).toEqual(["bytes=120000-"]);
  });

  test("is not gone on with where nothing could tell whether the parts belong together", async () => {
    leave(big.subarray(0, 120_000), null);
    await download();
    expect(ranges()).toEqual([undefined]);
  });

  test("may be all of it: nothing is fetched then", async () => {
    leave(big);
    await download({ sha256: sha256(big), sizeBytes: big.length });
    expectBig();
    expect(server.hub.requests).toHaveLength(0);
  });

  test("may be all of it though nobody knows its size: the server says so (416)", async () => {
    leave(big);
    expect(await download()).toMatchObject({ checked: "hub" });
    expectBig();
  });

  test("may be more than all of it", async () => {
    leave(Buffer.concat([big, small]));
    await download();
    expectBig();
  });

  test("may be damaged: then the file comes again as a whole", async () => {
    leave(Buffer.alloc(120_000, "x"));
    await download();
    expectBig();
    expect(ranges()).toEqual(["bytes=120000-", undefined]);
  });
});

describe("a connection that breaks off", () => {
  test("is taken up where it broke", async () => {
    server.storage.misbehave = breakOff(big, 100_000, 2);
    await download();
    expectBig();
    expect(ranges()).toEqual([undefined, "bytes=100000-", "bytes=200000-"]);
  });

  test("may do so often, as long as it brings something new each time", async () => {
    const huge = Buffer.alloc(7 * 2 ** 20, "huge ");
    server.files.set("onnx/big.onnx", huge);
    server.storage.misbehave = breakOff(huge, 1.1 * 2 ** 20, 6);
    await download();
    expect(sha256(readFileSync(target))).toBe(sha256(huge));
    expect(server.storage.requests.length).toBe(7);
  });

  test("ends in an error that names the URL, and what came stays for the next time", async () => {
    server.storage.misbehave = breakOff(big, 10_000, 99);
    await expect(download()).rejects.toMatchObject({
      code: "url_unreachable",
      message: expect.stringMatching(
        /Expected the model file at http:.*\/owner\/name\/resolve\/c+\/onnx\/big\.onnx but its server broke off\..*--from FOLDER/,
      ),
    });
    expect(existsSync(target)).toBe(false);
    expect(readFileSync(`${target}.partial`)).toHaveLength(30_000);
    server.storage.misbehave = () => false;
    await download();
    expectBig();
  });

  test("and a server that ignores ranges: the file starts again", async () => {
    leave(big.subarray(0, 120_000));
    server.storage.misbehave = (_, response) => !!response.writeHead(200).end(big);
    await download();
    expectBig();
  });

  test("and a server that sends another part than asked for: the file starts again", async () => {
    leave(big.subarray(0, 120_000));
    server.storage.misbehave = (request, response) => {
      if (!request.headers.range) return false;
      response
        .writeHead(206, { "content-range": `bytes 0-9/${big.length}` })
        .end(big.subarray(0, 10));
      return true;
    };
    await download();
    expectBig();
  });

  test("without a length: the hub's size tells", async () => {
    let times = 0;
    server.storage.misbehave = (_, response) => {
      if (times++ > 0) return false;
      response.writeHead(200, { etag: etagOf(big), connection: "close" });
      response.end(big.subarray(0, 50_000)); // chunked, and properly ended
      return true;
    };
    await download();
    expectBig();
    expect(ranges()).toEqual([undefined, "bytes=50000-"]);
  });
});

describe("what is another file than expected is refused", () => {
  const refused = (asked: Asked, message: RegExp, code = "url_unreachable") =>
    expect(download(asked)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });

  test("by another digest than the manifest's, after a fresh start", async () => {
    await refused(
      { sha256: "0".repeat(64) },
      /another SHA-256 than expected, twice/,
      "model_unavailable",
    );
    expect(existsSync(target)).toBe(false);
    expect(server.storage.requests).toHaveLength(2);
  });

  test("by another digest than the hub's", async () => {
    const other = Buffer.alloc(big.length, "other");
    server.storage.misbehave = (request, response) => {
      sendRange(request, response, other, etagOf(other));
      return true;
    };
    await refused({}, /another SHA-256/, "model_unavailable");
  });

  test("by another id than git's", async () => {
    server.hub.misbehave = (request, response) => {
      response.setHeader("x-repo-commit", COMMIT);
      sendRange(request, response, small, `"${"a".repeat(40)}"`);
      return true;
    };
    await refused({ path: "config.json" }, /another SHA-256|another/, "model_unavailable");
  });

  test("by its size, before it comes", async () => {
    await refused({ sizeBytes: 1000 }, /has 300000 bytes instead of 1000.*HF_ENDPOINT/);
    expect(existsSync(`${target}.partial`) && readFileSync(`${target}.partial`).length).toBe(0);
  });

  test("by more bytes than were announced", async () => {
    server.storage.misbehave = (_, response) => {
      response.writeHead(200, { etag: etagOf(big) }); // chunked
      response.end(Buffer.concat([big, big]));
      return true;
    };
    await refused({}, /sends more than/);
    expect(readFileSync(`${target}.partial`).length).toBeLessThanOrEqual(big.length);
  });

  test("by a size that no model has", async () => {
    server.hub.misbehave = (_, response) =>
      !!response.writeHead(200, { "content-length": LIMITS.modelFileBytes + 1 }).write("x");
    await refused({}, /sends more than 4294967296 bytes/);
  });

  test("but not the largest size that a model may have", async () => {
    server.hub.misbehave = (_, response) => {
      response.writeHead(200, { "content-length": LIMITS.modelFileBytes }).write("x");
      globalThis.setTimeout(() => response.destroy(), 50);
      return true;
    };
    await refused({ times: { triesMax: 1 } }, /broke off/);
  });

  test("packed", async () => {
    server.hub.misbehave = (_, response) =>
      !!response.writeHead(200, { "content-encoding": "gzip" }).end("x");
    await refused({}, /packs it as gzip/);
  });
});

describe("an answer that is no file says what to do", () => {
  const answer = (status: number, headers = {}) => {
    server.hub.misbehave = (_, response) => !!response.writeHead(status, headers).end("no");
  };

  test.each([
    [401, /wants to know who asks \(HTTP status 401\).*HF_TOKEN/],
    [403, /refuses it to you \(HTTP status 403\).*terms/],
    [404, /has no such file \(HTTP status 404\).*HF_ENDPOINT/],
    [410, /HTTP status 410/],
  ])("%d, at once", async (status, message) => {
    answer(status);
    await expect(download()).rejects.toThrow(message);
    expect(server.hub.requests).toHaveLength(1);
  });

  test.each([500, 502, 503, 504, 408])("%d, after a few tries", async (status) => {
    answer(status);
    await expect(download()).rejects.toThrow(`HTTP status ${status}`);
    expect(server.hub.requests).toHaveLength(3);
  });

  test("503 that passes", async () => {
    let times = 0;
    server.hub.misbehave = (_, response) => times++ < 2 && !!response.writeHead(503).end();
    await download();
    expectBig();
  });

  test("429 with a Retry-After that is worth waiting for", async () => {
    let times = 0;
    server.hub.misbehave = (_, response) =>
      times++ < 1 && !!response.writeHead(429, { "retry-after": "1" }).end();
    const start = Date.now();
    await download();
    expectBig();
    expect(Date.now() - start).toBeGreaterThanOrEqual(950);
  });

  test("429 with one that is not", async () => {
    answer(429, { "retry-after": "3600" });
    await expect(download()).rejects.toThrow(/429.*Try again in 3600 s/);
    expect(server.hub.requests).toHaveLength(1);
  });

  test("416 without a reason", async () => {
    answer(416);
    await expect(download()).rejects.toThrow(/./);
  });
});

describe("redirects", () => {
  const redirect = (location: string, status = 302) => {
    server.hub.misbehave = (_, response) => !!response.writeHead(status, { location }).end();
  };

  test("of a moved repository are followed, on the hub itself", async () => {
    server.hub.misbehave = (request, response) =>
      !request.url?.startsWith("/new/") &&
      !!response.writeHead(307, { location: `/new/name/resolve/${COMMIT}/onnx/big.onnx` }).end();
    await download({ env: { HF_TOKEN: "hf_secret" } });
    expectBig();
    expect(server.hub.requests[1]?.headers.authorization).toBe("Bearer hf_secret");
  });

  test("in a circle end", async () => {
    redirect("/owner/name/resolve/again");
    await expect(download()).rejects.toThrow(/redirected more than 5 times/);
    expect(server.hub.requests).toHaveLength(6);
  });

  test.each([
    "file:///etc/passwd",
    "ftp://example.com/x",
    "data:,x",
    "http://user:pass@127.0.0.1/x",
  ])("to %s are refused", async (location) => {
    redirect(location);
    await expect(download()).rejects.toThrow(/redirected to an address that is not https/);
  });

  test("to nowhere are refused", async () => {
    redirect("http://");
    await expect(download()).rejects.toThrow(/redirected to nowhere/);
  });

  test("do not let storage speak for the hub", async () => {
    server.storage.misbehave = (request, response) => {
      response.setHeader("x-linked-etag", `"${"0".repeat(64)}"`);
      response.setHeader("x-repo-commit", "d".repeat(40));
      sendRange(request, response, big, etagOf(big));
      return true;
    };
    expect(await download()).toMatchObject({ commit: COMMIT, checked: "hub" });
  });

  test("are never shown with what signs them", async () => {
    server.storage.misbehave = (_, response) => !!response.writeHead(403).end();
    await expect(download()).rejects.toThrow(/^(?!.*secret)/);
  });
});

const certificate = makeCertificate();

describe.skipIf(!certificate)("a hub with TLS", () => {
  const serveTls = async (location: string) => {
    const { tlsCert, tlsKey } = certificate!;
    const options = { cert: readFileSync(tlsCert), key: readFileSync(tlsKey) };
    let asked = 0;
    const tls = createTlsServer(options, (_, response) => {
      asked++;
      response.writeHead(302, { location }).end();
    });
    tls.listen(0, "127.0.0.1");
    await once(tls, "listening");
    const url = `https://127.0.0.1:${(tls.address() as AddressInfo).port}`;
    return { url, asked: () => asked, close: () => tls.close() };
  };
  afterEach(() => vi.unstubAllEnvs());

  test("that nobody vouches for is refused, at once", async () => {
    const tls = await serveTls("/");
    const start = Date.now();
    const env = { HF_ENDPOINT: tls.url };
    await expect(download({ env, times: { retryMs: 5000 } })).rejects.toThrow(/self.signed/);
    expect(Date.now() - start).toBeLessThan(4000);
    expect(tls.asked()).toBe(0);
    tls.close();
  });

  test("does not lead to http", async () => {
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    const tls = await serveTls(`${server.storage.url}/${sha256(big)}?`);
    await expect(download({ env: { HF_ENDPOINT: tls.url } })).rejects.toThrow(
      /redirected to an address that is not https/,
    );
    expect(tls.asked()).toBe(1);
    expect(server.storage.requests).toHaveLength(0);
    tls.close();
  });
});

describe("an end in time", () => {
  test("comes with Ctrl-C, also while the bytes trickle, and they stay", async () => {
    server.storage.misbehave = (_, response) => {
      response.writeHead(200, { etag: etagOf(big), "content-length": big.length });
      response.write(big.subarray(0, 10_000));
      return true;
    };
    const stop = new AbortController();
    const seen: number[] = [];
    const downloading = download({ signal: stop.signal, times: { idleMs: 60_000 } }, seen);
    const ended = downloading.catch((error) => error);
    while (seen.at(-1) !== 10_000) await setTimeout(5);
    stop.abort();
    expect(await ended).toMatchObject({ name: "AbortError" });
    expect(readFileSync(`${target}.partial`)).toHaveLength(10_000);
  });

  test("comes while it waits to try again", async () => {
    server.hub.misbehave = (_, response) => !!response.writeHead(503).end();
    const stop = new AbortController();
    const ended = download({ signal: stop.signal, times: { retryMs: 60_000 } }).catch((e) => e);
    while (server.hub.requests.length === 0) await setTimeout(5);
    await setTimeout(50);
    stop.abort();
    expect(await ended).toMatchObject({ name: "AbortError" });
  });

  test("comes when the server falls silent", async () => {
    server.storage.misbehave = (_, response) =>
      !!response.writeHead(200, { "content-length": big.length }).write("x");
    await expect(download({ times: { idleMs: 300, triesMax: 1 } })).rejects.toThrow(/fell silent/);
  });

  test("comes when it never answers", async () => {
    server.hub.misbehave = () => true;
    await expect(download({ times: { idleMs: 300, triesMax: 1 } })).rejects.toThrow(
      /did not answer/,
    );
  });

  test("has limits that are set", () => {
    expect(HUB_TIMES).toMatchObject({ connectMs: 15_000, idleMs: 30_000, triesMax: 5 });
  });
});

describe("a proxy", () => {
  async function startProxy(answer?: string) {
    const lines: string[] = [];
    const proxy = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", (data) => {
        const [line = ""] = data.toString("latin1").split("\r\n");
        lines.push(line);
        if (answer) return void socket.end(answer);
        const [, host = "", port] = /^CONNECT ([^:]+):(\d+)/.exec(line) ?? [];
        const upstream = connect(Number(port), host, () => {
          socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
          socket.pipe(upstream).pipe(socket);
        });
        upstream.on("error", () => socket.destroy());
      });
    });
    proxy.listen(0, "127.0.0.1");
    await new Promise((resolve) => proxy.once("listening", resolve));
    const { port } = proxy.address() as AddressInfo;
    return { lines, url: `http://127.0.0.1:${port}`, close: () => proxy.close() };
  }

  test("is used, for the hub and for its storage", async () => {
    const proxy = await startProxy();
    await download({ env: { HTTP_PROXY: proxy.url } });
    proxy.close();
    expectBig();
    const hosts = [server.hub.url, server.storage.url].map((url) => new URL(url).host);
    expect(proxy.lines).toEqual(hosts.map((host) => `CONNECT ${host} HTTP/1.1`));
  });

  test("is passed by where NO_PROXY says so", async () => {
    const proxy = await startProxy();
    await download({ env: { HTTP_PROXY: proxy.url, NO_PROXY: "127.0.0.1" } });
    proxy.close();
    expectBig();
    expect(proxy.lines).toEqual([]);
  });

  test("that wants a password is an error, at once", async () => {
    const proxy = await startProxy("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    await expect(download({ env: { HTTP_PROXY: proxy.url } })).rejects.toThrow(/407.*HTTPS_PROXY/s);
    proxy.close();
    expect(proxy.lines).toHaveLength(1);
  });

  test("that is not there is named as a possible reason", async () => {
    const env = { HTTP_PROXY: "127.0.0.1:1" };
    await expect(download({ env, times: { triesMax: 1 } })).rejects.toThrow(
      /or the proxy, refused/,
    );
  });

  test("that is no HTTP proxy is refused, and its password not shown", async () => {
    const env = { HTTPS_PROXY: "socks5://me:secret@proxy.lan" };
    await expect(download({ env })).rejects.toThrow(/^(?!.*secret).*HTTP proxy.*HTTPS_PROXY/);
  });
});

describe("HF_ENDPOINT", () => {
  test.each(["huggingface.co", "ftp://hub.lan", "https://me:pw@hub.lan", ""])(
    "%j",
    async (given) => {
      if (given === "")
        return expect(openHub({ HF_ENDPOINT: "" }).endpoint.href).toBe("https://huggingface.co/");
      expect(() => openHub({ HF_ENDPOINT: given })).toThrow(/for HF_ENDPOINT but received/);
    },
  );

  test("may have a path, and odd names are encoded", () => {
    const hub = openHub({ HF_ENDPOINT: "https://mirror.lan/hf/" });
    expect(resolveUrl(hub, "o/n", "main", "a b/c#.json").href).toBe(
      "https://mirror.lan/hf/o/n/resolve/main/a%20b/c%23.json",
    );
  });

  test("without https gets no token, except on this machine", () => {
    const token = (HF_ENDPOINT: string) => openHub({ HF_ENDPOINT, HF_TOKEN: "hf" }).token;
    expect(token("http://mirror.lan")).toBeUndefined();
    expect(token("http://127.0.0.1:8080")).toBe("hf");
    expect(token("https://mirror.lan")).toBe("hf");
  });
});
