// Facts of a request that handlers need: how the caller reached us, and whether they are still there.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest } from "node:http2";
import { TLSSocket } from "node:tls";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Call } from "./handlers/handlers.ts";

export function toCall(request: FastifyRequest, reply: FastifyReply): Call {
  return {
    id: request.id,
    baseUrl: toBaseUrl(request.raw),
    signal: hungUp(reply.raw),
  };
}

/** The origin under which the caller sees us, such as "http://localhost:8484". It only ends up in links of the
 *  answer to the same caller. */
export function toBaseUrl(request: IncomingMessage | Http2ServerRequest): string {
  const { headers } = request;
  const host = headers.host ?? headers[":authority"] ?? "localhost";
  return `${isSecure(request) ? "https" : "http"}://${host}`;
}

/** Does the caller speak TLS, to us or to a proxy that says so? */
export function isSecure(request: IncomingMessage | Http2ServerRequest): boolean {
  if (request.headers["x-forwarded-proto"] === "https") return true;
  return "stream" in request
    ? request.stream.session?.encrypted === true
    : request.socket instanceof TLSSocket;
}

/** Aborts when the caller is gone before the answer is. (Fastify's request.signal aborts too early: when
 *  the request's body has been read.) */
export function hungUp(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}
