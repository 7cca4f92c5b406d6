import { connect, type Socket } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { SILENCE_MS } from "../../src/api/port.ts";
import { call, start } from "./start.ts";

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket));
    onTestFinished(() => void socket.destroy());
    socket.once("error", reject);
  });
}

const closed = (socket: Socket) =>
  new Promise<void>((resolve) => {
    socket.on("error", () => {}).once("close", () => resolve());
    socket.resume();
  });

test("hangs up on a client that sends nothing", async () => {
  const { port } = await start();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const socket = await open(port);
  await new Promise((resolve) => setImmediate(resolve));
  await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0), { interval: 1 });
  const gone = closed(socket);
  vi.advanceTimersByTime(SILENCE_MS - 1);
  expect(socket.destroyed).toBe(false);
  vi.advanceTimersByTime(1);
  await gone;
});

test("serves others while one client sends byte by byte", async () => {
  const { url, port } = await start();
  const slow = await open(port);
  let answer = "";
  slow.on("data", (data) => {
    answer += data;
  });
  const request = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
  for (const byte of request) {
    slow.write(byte);
    if (byte === "/") expect((await call(`${url}/health`)).json).toEqual({ status: "ok" });
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await vi.waitFor(() => expect(answer).toContain('{"status":"ok"}'));
});

test("survives clients that break off at any byte", async () => {
  const { url, port } = await start();
  for (const start of ["", "P", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0", "GET / HT", "\0\xff\n"]) {
    const socket = await open(port);
    socket.on("error", () => {});
    socket.write(start, "latin1");
    socket.resetAndDestroy();
  }
  expect((await call(`${url}/health`)).status).toBe(200);
});

test("ends connections that are kept alive when it closes", async () => {
  const server = await start();
  const silent = await open(server.port);
  const kept = await open(server.port);
  kept.write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await new Promise((resolve) => kept.once("data", resolve));
  const http2 = await open(server.port);
  http2.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0", "latin1");
  await new Promise((resolve) => http2.once("data", resolve));
  const all = [silent, kept, http2].map(closed);
  const startMs = performance.now();
  await server.close();
  await Promise.all(all);
  expect(performance.now() - startMs).toBeLessThan(2000);
});

test("names the port that is taken, and the way out", async () => {
  const { port } = await start();
  await expect(start({ port })).rejects.toMatchObject({
    code: "invalid_request",
    message: expect.stringMatching(new RegExp(`${port}.*--port`)),
  });
});

test("listens on a name with all its addresses", async () => {
  const { port } = await start({ host: "localhost" });
  expect((await call(`http://localhost:${port}/health`)).status).toBe(200);
  expect((await call(`http://127.0.0.1:${port}/health`)).status).toBe(200);
});
