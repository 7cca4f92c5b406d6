// Facts of a request that handlers need: how the caller reached us, and whether they are still there.
import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Call } from "./handlers/handlers.ts";

export function toCall(request: FastifyRequest, reply: FastifyReply): Call {
  return {
    id: request.id,
    baseUrl: toBaseUrl(request.headers),
    signal: hungUp(reply.raw),
  };
}

/** The origin under which the caller sees us, such as "http://localhost:8484". A proxy that ends TLS says so
 *  in X-Forwarded-Proto. It only ends up in links of the answer to the same caller. */
export function toBaseUrl(headers: IncomingHttpHeaders): string {
  const isTls = headers["x-forwarded-proto"] === "https";
  const host = headers.host ?? headers[":authority"] ?? "localhost";
  return `${isTls ? "https" : "http"}://${host}`;
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
