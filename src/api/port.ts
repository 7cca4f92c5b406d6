// One port for HTTP/1.1 and HTTP/2, with and without TLS: the first bytes of a connection tell. Clarifai's SDKs
// speak gRPC over HTTP/2 without TLS or upgrade ("prior knowledge"); such a connection starts with "PRI ".
import { createServer, type RequestListener, type Server } from "node:http";
import * as http2 from "node:http2";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { LIMITS } from "../limits.ts";
import { type Credentials, createHandshakes } from "./tls.ts";

/** Milliseconds that a new connection may stay silent. Browsers open some in advance. */
export const SILENCE_MS = 30_000;

/** Milliseconds without any byte after which an HTTP/1.1 connection is given up. */
const IDLE_MS = 300_000;

/** Milliseconds that running calls get to finish when the server closes. */
const GRACE_MS = 5_000;

/** Milliseconds that the other side of an ended HTTP/2 connection gets to hang up. */
const LINGER_MS = 1_000;

const PREFACE = "PRI ";
const TLS_HANDSHAKE = "\x16";
const WINDOW_BYTES = 2 ** 20;

type Protocol = "http1" | "http2" | "tls";

export type Port = {
  /** Listens for all; calls of HTTP/1.1 go to `onHttp1`. */
  readonly server: Server;
  /** Lets running calls finish, then ends every connection. To be called before server.close(). */
  end(): void;
};

/** Without `credentials` a caller who asks for TLS is hung up on. */
export function createPort(
  onHttp1: RequestListener,
  onHttp2: (request: http2.Http2ServerRequest, response: http2.Http2ServerResponse) => void,
  credentials?: Credentials,
): Port {
  const server = createServer({ keepAliveTimeout: 72_000 }, onHttp1);
  server.timeout = IDLE_MS;
  server.requestTimeout = 0; // an upload may take hours; only silence ends it
  const grpc = createHttp2(onHttp2);
  const undecided = new Set<Socket>();

  // The server's own listener makes HTTP/1.1 of a connection. It only gets those that are.
  const [serveHttp1] = server.listeners("connection");
  server.removeAllListeners("connection");
  const accept = (socket: Socket) => {
    undecided.add(socket);
    socket.once("close", () => undecided.delete(socket));
    sniff(socket, (protocol) => {
      undecided.delete(socket);
      if (protocol === "tls") secure(socket);
      else if (protocol === "http2") grpc.serve(socket);
      else {
        serveHttp1?.call(server, socket);
        socket.resume();
      }
    });
  };
  const handshakes = credentials && createHandshakes(credentials, SILENCE_MS, accept);
  const secure = (socket: Socket) => {
    // TLS inside TLS is nobody's protocol.
    if (handshakes && !(socket instanceof TLSSocket)) handshakes.serve(socket);
    else socket.destroy();
  };
  server.on("connection", accept);

  return {
    server,
    end() {
      for (const socket of undecided) socket.destroy();
      grpc.close();
      server.keepAliveTimeout = 1; // for connections whose calls still run
      server.closeIdleConnections();
      setTimeout(() => {
        grpc.destroy();
        handshakes?.destroy();
        server.closeAllConnections();
      }, GRACE_MS).unref();
    },
  };
}

// Tells which protocol `socket` speaks, with all its bytes still to be read; nothing if it is gone before.
function sniff(socket: Socket, decide: (protocol: Protocol) => void): void {
  let head = Buffer.alloc(0);
  const timer = setTimeout(() => socket.destroy(), SILENCE_MS);
  const finish = () => {
    clearTimeout(timer);
    socket.off("data", onData).off("close", finish).off("error", onError);
  };
  const onData = (chunk: Buffer) => {
    head = Buffer.concat([head, chunk]);
    const protocol = protocolOf(head.toString("latin1", 0, PREFACE.length));
    if (protocol === undefined) return;
    finish();
    socket.pause();
    socket.unshift(head);
    decide(protocol);
  };
  const onError = () => {}; // "close" follows
  socket.on("data", onData).on("close", finish).on("error", onError);
}

function protocolOf(start: string): Protocol | undefined {
  if (start.startsWith(TLS_HANDSHAKE)) return "tls";
  if (start === PREFACE) return "http2";
  return PREFACE.startsWith(start) ? undefined : "http1";
}

function createHttp2(onRequest: Parameters<typeof createPort>[1]) {
  const sessions = new Set<http2.ServerHttp2Session>();
  const sockets = new Set<Socket>();
  const server = http2.createServer(
    {
      // The default window of 64 KiB makes large uploads wait for the network at every step.
      settings: { initialWindowSize: WINDOW_BYTES, maxConcurrentStreams: 100 },
      maxSessionMemory: Math.ceil(LIMITS.requestBytes / 1e6),
    },
    onRequest,
  );
  server.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
    session.on("error", () => session.destroy());
    session.setLocalWindowSize(16 * WINDOW_BYTES);
    session.setTimeout(2 * IDLE_MS, () => session.close());
  });
  return {
    serve(socket: Socket) {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
      // A session that has ended waits for the other side to hang up. Node 20 misses that when the other
      // side was cut short in a large message, and would keep the socket for ever.
      socket.once("finish", () => setTimeout(() => socket.destroy(), LINGER_MS).unref());
      // Node would refuse HTTP/2 that was not negotiated; its preface has told.
      if (socket instanceof TLSSocket) socket.alpnProtocol = "h2";
      server.emit("connection", socket);
    },
    close: () => sessions.forEach((session) => void session.close()),
    destroy: () => sockets.forEach((socket) => void socket.destroy()),
  };
}
