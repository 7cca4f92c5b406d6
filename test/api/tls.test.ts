import { once } from "node:events";
import { writeFileSync } from "node:fs";
import * as http2 from "node:http2";
import { request as httpsRequest } from "node:https";
import { createRequire } from "node:module";
import { connect as connectTcp, type Socket } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import * as tls from "node:tls";
import { describe, expect, onTestFinished, test } from "vitest";
import { makeCertificate } from "../fixtures/certificate.ts";
import { temporaryFolder } from "../fixtures/engine.ts";
import { call, KEY, start } from "./start.ts";

// Clarifai's own client is CommonJS.
const require = createRequire(import.meta.url);
const grpc = require("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
const { V2Client } = require("clarifai-nodejs-grpc/proto/clarifai/api/service_grpc_pb");
const messages = require("clarifai-nodejs-grpc/proto/clarifai/api/service_pb");

const certificate = makeCertificate();
const settings = { tlsCert: certificate?.tlsCert, tlsKey: certificate?.tlsKey };
const ca = certificate?.cert ?? "";

type Answer = {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
};

/** One HTTP/1.1 request over TLS. */
async function https(url: string, options = {}, body = ""): Promise<Answer> {
  const outgoing = httpsRequest(url, { ca, ...options }).end(body);
  const [response] = await once(outgoing, "response");
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

async function secureSocket(port: number, options: tls.ConnectionOptions = {}) {
  const socket = tls.connect({ port, host: "localhost", ca, ...options });
  onTestFinished(() => void socket.destroy());
  await once(socket, "secureConnect");
  return socket;
}

const closed = (socket: Socket) =>
  new Promise<void>((resolve) => {
    socket.on("error", () => {}).once("close", () => resolve());
    socket.resume();
  });

/** The address of a picture as a gRPC client over TLS learns it. */
async function pictureUrl(session: http2.ClientHttp2Session, authority: string): Promise<string> {
  const stream = session.request({
    ":method": "POST",
    ":path": "/clarifai.api.V2/GetInput",
    ":authority": authority,
    "content-type": "application/json",
    "connect-protocol-version": "1",
  });
  stream.end(JSON.stringify({ inputId: "a" }));
  return JSON.parse(await text(stream)).input.data.image.url;
}

describe.skipIf(certificate === undefined)("with a certificate", () => {
  test("serves HTTP/1.1 over TLS, and says https in its links", async () => {
    const { url, port, engine } = await start(settings);
    engine.put({ id: "a" });
    expect(url).toBe(`https://127.0.0.1:${port}`);
    const { status, body } = await https(`${url}/v2/inputs/a`);
    expect(status).toBe(200);
    const { input } = JSON.parse(body);
    expect(input.data.image.url).toBe(`https://127.0.0.1:${port}/originals/a`);
    expect(input.data.image.hosted.prefix).toBe(url);
  });

  test("goes on serving callers without TLS, with http in its links", async () => {
    const { port, engine } = await start(settings);
    engine.put({ id: "a" });
    const { json } = await call(`http://127.0.0.1:${port}/v2/inputs/a`);
    expect(json.input.data.image.url).toBe(`http://127.0.0.1:${port}/originals/a`);
    const session = http2.connect(`http://127.0.0.1:${port}`);
    onTestFinished(() => session.destroy());
    const host = `127.0.0.1:${port}`;
    expect(await pictureUrl(session, host)).toBe(`http://${host}/originals/a`);
  });

  test("speaks HTTP/2 with those who offer nothing else", async () => {
    const { url, port, engine } = await start(settings);
    engine.put({ id: "a" });
    const session = http2.connect(url, { ca });
    onTestFinished(() => session.destroy());
    await once(session, "connect");
    expect(session.alpnProtocol).toBe("h2");
    const host = `127.0.0.1:${port}`;
    expect(await pictureUrl(session, host)).toBe(`https://${host}/originals/a`);
  });

  test("speaks HTTP/1.1 with browsers, which offer both", async () => {
    const { port } = await start(settings);
    const socket = await secureSocket(port, { ALPNProtocols: ["h2", "http/1.1"] });
    expect(socket.alpnProtocol).toBe("http/1.1");
    socket.write("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    expect(await text(socket)).toContain('{"status":"ok"}');
  });

  test("believes the first bytes rather than what was negotiated, or not", async () => {
    const { port, engine } = await start(settings);
    engine.put({ id: "a" });
    for (const ALPNProtocols of [undefined, ["http/1.1"], ["h2"]]) {
      const offer = ALPNProtocols && { ALPNProtocols };
      const one = await secureSocket(port, offer);
      one.write("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      expect(await text(one)).toContain('{"status":"ok"}');
      const other = await secureSocket(port, offer);
      const session = http2.connect("https://localhost", { createConnection: () => other });
      onTestFinished(() => session.destroy());
      expect(await pictureUrl(session, "localhost")).toBe("https://localhost/originals/a");
    }
  });

  test("answers Clarifai's gRPC client over TLS", async () => {
    const { port, engine } = await start({ ...settings, key: KEY });
    engine.put({ id: "a" });
    const v2 = new V2Client(`localhost:${port}`, grpc.credentials.createSsl(Buffer.from(ca)));
    onTestFinished(() => v2.close());
    const metadata = new grpc.Metadata();
    metadata.set("authorization", `Key ${KEY}`);
    const asked = new messages.GetInputRequest().setInputId("a");
    const url = await new Promise((resolve, reject) => {
      v2.getInput(asked, metadata, (error: Error | null, response: { toObject(): Answered }) =>
        error ? reject(error) : resolve(response.toObject().input.data.image.url),
      );
    });
    expect(url).toBe(`https://localhost:${port}/originals/a`);
  });

  test("sends the session cookie over TLS only to those who got it so", async () => {
    const { url, port } = await start({ ...settings, key: KEY });
    const headers = { "content-type": "application/json" };
    const signIn = JSON.stringify({ key: KEY });
    const secure = await https(`${url}/session`, { method: "POST", headers }, signIn);
    expect(secure.headers["set-cookie"]?.[0]).toContain("; Secure");
    const plain = await call(`http://127.0.0.1:${port}/session`, "POST", { key: KEY });
    expect(plain.headers.get("set-cookie")).not.toContain("Secure");
  });

  test("takes large bodies", async () => {
    const { url, engine } = await start(settings);
    const base64 = Buffer.alloc(20 * 2 ** 20, 7).toString("base64");
    const body = JSON.stringify({ inputs: [{ data: { image: { base64 } } }] });
    const headers = { "content-type": "application/json" };
    expect((await https(`${url}/v2/inputs`, { method: "POST", headers }, body)).status).toBe(200);
    expect(engine.given[0]).toHaveProperty("bytes.length", 20 * 2 ** 20);
  });

  test("hangs up on handshakes that make no sense, and survives those that break off", async () => {
    const { url, port } = await start(settings);
    for (const bytes of [
      "\x16",
      "\x16\x03\x01\x00\x05hello",
      "\x16\x03\x01\xff\xff",
      "\x16GET /",
    ]) {
      const socket = connectTcp(port, "127.0.0.1");
      socket.on("error", () => {});
      await once(socket, "connect");
      socket.write(bytes, "latin1");
      socket.resetAndDestroy();
    }
    const noise = connectTcp(port, "127.0.0.1");
    noise.write("\x16GET / HTTP/1.1\r\n\r\n", "latin1");
    await closed(noise);
    const nested = await secureSocket(port);
    nested.write("\x16\x03\x01", "latin1");
    await closed(nested);
    const unknown = tls.connect({ port, ca, host: "localhost", ALPNProtocols: ["spdy/3"] });
    await closed(unknown);
    expect((await https(`${url}/health`)).status).toBe(200);
  });

  test("ends TLS connections when it closes, and lets running calls finish", async () => {
    const server = await start(settings);
    const silent = await secureSocket(server.port);
    const kept = await secureSocket(server.port);
    kept.write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await once(kept, "data");
    const session = http2.connect(server.url, { ca });
    await once(session, "connect");
    let finish = () => {};
    const asked = new Promise<void>((isAsked) => {
      server.engine.search = async () => {
        isAsked();
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        return { hits: [], total: 0 };
      };
    });
    const headers = { "content-type": "application/json" };
    const running = https(`${server.url}/v2/searches`, { method: "POST", headers }, '{"query":{}}');
    await asked;
    const ends = [silent, kept].map(closed);
    const startMs = performance.now();
    const isClosed = server.close();
    await Promise.all([...ends, once(session, "close")]);
    finish();
    expect((await running).status).toBe(200);
    await isClosed;
    expect(performance.now() - startMs).toBeLessThan(4000);
  });

  test("names files that are no certificate and key", async () => {
    const file = join(temporaryFolder(), "noise.pem");
    writeFileSync(file, "noise");
    await expect(start({ ...settings, tlsCert: file })).rejects.toMatchObject({
      code: "invalid_request",
      message: expect.stringMatching(/SEMBLANCE_TLS_CERT.*noise\.pem/),
    });
    await expect(start({ ...settings, tlsKey: "/nowhere.pem" })).rejects.toMatchObject({
      code: "invalid_request",
      message: expect.stringMatching(/SEMBLANCE_TLS_KEY.*nowhere\.pem/),
    });
  });
});

type Answered = { readonly input: { readonly data: { readonly image: { readonly url: string } } } };

test("without a certificate hangs up on a caller who asks for TLS", async () => {
  const { url, port } = await start();
  const socket = connectTcp(port, "127.0.0.1");
  const startMs = performance.now();
  socket.write("\x16\x03\x01\x02\x00\x01\x00\x01\xfc", "latin1");
  await closed(socket);
  expect(performance.now() - startMs).toBeLessThan(1000);
  expect((await call(`${url}/health`)).status).toBe(200);
});
