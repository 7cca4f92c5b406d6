import { createRequire } from "node:module";
import { connect } from "node:net";
import { createClient } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { expect, onTestFinished, test } from "vitest";
import { V2 } from "#proto/api/service_pb";
import { LIMITS } from "../../src/limits.ts";
import { APP, call, KEY, start } from "./start.ts";

// Clarifai's own client is CommonJS.
const require = createRequire(import.meta.url);
const grpc = require("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
const { V2Client } = require("clarifai-nodejs-grpc/proto/clarifai/api/service_grpc_pb");
const messages = require("clarifai-nodejs-grpc/proto/clarifai/api/service_pb");
const resources = require("clarifai-nodejs-grpc/proto/clarifai/api/resources_pb");

/** Calls a method with Clarifai's generated client; the response as a plain object. */
function client(port: number, key = "any") {
  const options = { "grpc.max_send_message_length": -1 };
  const v2 = new V2Client(`localhost:${port}`, grpc.credentials.createInsecure(), options);
  onTestFinished(() => v2.close());
  const metadata = new grpc.Metadata();
  metadata.set("authorization", `Key ${key}`);
  // biome-ignore lint/suspicious/noExplicitAny: Clarifai's client is typed by hand-written declarations
  return (method: string, request: any): Promise<any> =>
    new Promise((resolve, reject) => {
      // biome-ignore lint/suspicious/noExplicitAny: see above
      v2[method](request, metadata, (error: Error | null, response: any) =>
        error ? reject(error) : resolve(response.toObject()),
      );
    });
}

function postRequest(...images: Uint8Array[]) {
  const request = new messages.PostInputsRequest();
  for (const bytes of images) {
    const image = new resources.Image().setBase64(bytes);
    request.addInputs(new resources.Input().setData(new resources.Data().setImage(image)));
  }
  return request;
}

test("answers Clarifai's gRPC client on the port of REST", async () => {
  const { url, port, engine } = await start();
  const v2 = client(port);
  const posted = await v2("postInputs", postRequest(Buffer.from("abc")));
  expect(posted.status.code).toBe(10000);
  const id = posted.inputsList[0].id;
  expect(engine.given[0]).toHaveProperty("bytes", Uint8Array.from(Buffer.from("abc")));
  const got = await v2("getInput", new messages.GetInputRequest().setInputId(id));
  expect(got.input.data.image.url).toBe(`http://localhost:${port}/originals/${id}`);
  expect((await call(`${url}/v2/inputs/${id}`)).json.input.id).toBe(id);
});

test("answers failures over gRPC as messages, not as gRPC errors", async () => {
  const { port } = await start();
  const v2 = client(port);
  const missing = await v2("getInput", new messages.GetInputRequest().setInputId("nope"));
  expect(missing.status.code).toBe(11101);
  const unknown = await v2("listTasks", new messages.ListTasksRequest());
  expect(unknown.status.code).toBe(10040);
});

test("takes gRPC messages far larger than grpc's usual 4 MB", async () => {
  const { port, engine } = await start();
  const images = Array.from({ length: 3 }, () => new Uint8Array(LIMITS.imageBytes));
  const posted = await client(port)("postInputs", postRequest(...images));
  expect(posted.status.code).toBe(10000);
  const lengths = engine.given.map((input) => ("bytes" in input ? input.bytes.length : 0));
  expect(lengths).toEqual(images.map((i) => i.length));
});

test("deletes all for an old gRPC client that still sends delete_all", async () => {
  const { port, engine } = await start();
  engine.put({ id: "a" });
  const v2 = client(port);
  await v2("deleteInputs", new messages.DeleteInputsRequest());
  expect(await engine.input(APP, "a")).toBeDefined();
  const grpcClient = new grpc.Client(`localhost:${port}`, grpc.credentials.createInsecure());
  onTestFinished(() => grpcClient.close());
  await new Promise<void>((resolve, reject) => {
    const pass = (bytes: Buffer) => bytes;
    const field3 = Buffer.from([0x18, 1]);
    grpcClient.makeUnaryRequest("/clarifai.api.V2/DeleteInputs", pass, pass, field3, (error) =>
      error ? reject(error) : resolve(),
    );
  });
  expect(await engine.input(APP, "a")).toBeUndefined();
});

test("asks gRPC callers for the key, with Clarifai's words", async () => {
  const { port } = await start({ key: KEY });
  const request = new messages.ListInputsRequest();
  const refused = await client(port, "wrong")("listInputs", request);
  expect(refused.status).toMatchObject({
    code: 11008,
    description: "Invalid API key or Invalid API key/application pair",
  });
  expect((await client(port, KEY)("listInputs", request)).status.code).toBe(10000);
});

test("refuses large gRPC messages without the key, one after the other, unread", async () => {
  const { port, engine } = await start({ key: KEY });
  const request = postRequest(new Uint8Array(8 * 2 ** 20));
  const v2 = client(port, "wrong");
  // More than the window of one connection: what is not read must not use it up.
  for (let i = 0; i < 4; i++) {
    expect((await v2("postInputs", request)).status.code).toBe(11008);
  }
  expect(engine.given).toEqual([]);
});

test.each([
  ["gRPC", createGrpcTransport],
  ["gRPC-web", (o: { baseUrl: string }) => createGrpcWebTransport({ ...o, httpVersion: "1.1" })],
  ["Connect", (o: { baseUrl: string }) => createConnectTransport({ ...o, httpVersion: "1.1" })],
  [
    "Connect with JSON",
    (o: { baseUrl: string }) =>
      createConnectTransport({ ...o, httpVersion: "1.1", useBinaryFormat: false }),
  ],
])("speaks %s", async (_name, createTransport) => {
  const { url, engine } = await start();
  engine.put({ id: "a" });
  const v2 = createClient(V2, createTransport({ baseUrl: url }));
  const { input } = await v2.getInput({ inputId: "a" });
  expect(input?.id).toBe("a");
});

test.each([
  ["gRPC", createGrpcTransport],
  ["gRPC-web", (o: { baseUrl: string }) => createGrpcWebTransport({ ...o, httpVersion: "1.1" })],
  [
    "Connect with JSON",
    (o: { baseUrl: string }) =>
      createConnectTransport({ ...o, httpVersion: "1.1", useBinaryFormat: false }),
  ],
])("refuses %s without the key by status", async (_name, createTransport) => {
  const { url } = await start({ key: KEY });
  const v2 = createClient(V2, createTransport({ baseUrl: url }));
  expect((await v2.getInput({ inputId: "a" })).status?.code).toBe(11008);
});

test("speaks gRPC-web in base64, as Clarifai's browser client does", async () => {
  const { url, engine } = await start();
  engine.put({ id: "a" });
  const message = Buffer.from(new messages.GetInputRequest().setInputId("a").serializeBinary());
  const frame = Buffer.concat([Buffer.from([0, 0, 0, 0, message.length]), message]);
  const response = await fetch(`${url}/clarifai.api.V2/GetInput`, {
    method: "POST",
    body: frame.toString("base64"),
    headers: { "content-type": "application/grpc-web-text", "x-grpc-web": "1" },
  });
  expect(response.headers.get("content-type")).toContain("application/grpc-web-text");
  const answered = Buffer.from(await response.text(), "base64");
  const length = answered.readUInt32BE(1);
  const input = messages.SingleInputResponse.deserializeBinary(answered.subarray(5, 5 + length));
  expect(input.getInput().getId()).toBe("a");
  expect(answered[5 + length]).toBe(0x80);
  expect(answered.subarray(10 + length).toString()).toMatch(/grpc-status: ?0/);
});

test("answers an unknown method with 404", async () => {
  const { url } = await start();
  const response = await fetch(`${url}/clarifai.api.V2/Nope`, { method: "POST" });
  expect(response.status).toBe(404);
});

test("serves many clients of both protocols at once", async () => {
  const { url, port, engine } = await start();
  engine.put({ id: "a" });
  const v2 = client(port);
  const calls = Array.from({ length: 60 }, (_, i) =>
    i % 2 === 0
      ? v2("getInput", new messages.GetInputRequest().setInputId("a")).then((r) => r.input.id)
      : call(`${url}/v2/inputs/a`).then((r) => r.json.input.id),
  );
  expect(new Set(await Promise.all(calls))).toEqual(new Set(["a"]));
});

test("tells the protocols apart when the first bytes trickle in", async () => {
  const { port } = await start();
  const read = (pieces: string[]) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(port, "127.0.0.1");
      onTestFinished(() => void socket.destroy());
      socket.on("error", reject).on("data", (data) => resolve(data.toString("latin1")));
      pieces.forEach((piece, i) => void setTimeout(() => socket.write(piece), i * 50));
    });
  const http1 = await read([
    "P",
    "OS",
    "T /v2/inputs/searches HTTP/1.1\r\nHost: localhost\r\n\r\n",
  ]);
  expect(http1).toContain("HTTP/1.1 200");
  // The server's first frame is SETTINGS: type 4.
  const http2 = await read(["P", "RI", " * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\0\0\0\x04\0\0\0\0\0"]);
  expect(http2.charCodeAt(3)).toBe(4);
});
