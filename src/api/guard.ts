// Hooks before every HTTP/1.1 request: who may come in, and what browsers must not do with the answer.
import type { FastifyInstance } from "fastify";
import type { Access } from "./auth.ts";

const HEADERS = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  // A foreign page must not learn from <img> which pictures exist.
  "cross-origin-resource-policy": "same-origin",
};

/** For all of `root`: refuses foreign pages and names, answers preflights, sets the headers of every answer. */
export function guard(root: FastifyInstance, access: Access): void {
  root.addHook("onRequest", async (request, reply) => {
    const cors = access.corsHeaders(request.headers);
    reply.headers({ ...HEADERS, ...cors });
    const isPreflight =
      request.method === "OPTIONS" && "access-control-request-method" in request.headers;
    // A preflight cannot carry the key; the request that follows it must.
    if (isPreflight && "access-control-allow-origin" in cors) return reply.code(204).send();
    const refused = access.refusal(request.raw);
    if (refused !== undefined) throw refused;
    return undefined;
  });
  // The request is read; from here on it may take its time.
  root.addHook("preHandler", async (request) => void request.raw.socket.setTimeout(0));
}

/** For all of `scope`: asks for the key or a session. */
export function requireKey(scope: FastifyInstance, access: Access): void {
  scope.addHook("onRequest", async (request) => {
    const refused = access.keyRefusal(request.headers);
    if (refused !== undefined) throw refused;
  });
}
