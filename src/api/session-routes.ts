// Signing in on the Portal: POST /session {key}, GET /session, DELETE /session.
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { AppError } from "../errors.ts";
import { type Access, readCookie, SESSION_COOKIE } from "./auth.ts";
import { isSecure } from "./call.ts";
import { parseJsonBody } from "./json-body.ts";
import { SESSION_SECONDS, type Sessions } from "./sessions.ts";

const signInSchema = z.object({ key: z.string() });

/** Adds the routes to `scope`. They need no key, they are how one gets in. */
export function registerSession(scope: FastifyInstance, access: Access, sessions: Sessions): void {
  parseJsonBody(scope, 64 * 1024);

  scope.get("/session", (request, reply) => {
    const isSignedIn = access.keyRefusal(request.headers) === undefined;
    return reply
      .header("cache-control", "no-store")
      .send({ signed_in: isSignedIn, required: access.isKeyed });
  });

  scope.post("/session", (request, reply) => {
    if (!access.isKeyed) return reply.send({ signed_in: true, required: false });
    const given = signInSchema.safeParse(request.body);
    if (!given.success || !access.isKey(given.data.key)) {
      throw new AppError("unauthenticated", "Invalid API key or Invalid API key/application pair");
    }
    const cookie = toCookie(request, sessions.open(), SESSION_SECONDS);
    return reply.header("set-cookie", cookie).send({ signed_in: true, required: true });
  });

  scope.delete("/session", (request, reply) => {
    sessions.end(readCookie(request.headers, SESSION_COOKIE));
    return reply
      .header("set-cookie", toCookie(request, "", 0))
      .send({ signed_in: !access.isKeyed, required: access.isKeyed });
  });
}

function toCookie(request: FastifyRequest, id: string, maxAgeSeconds: number): string {
  const attributes = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}`;
  return `${SESSION_COOKIE}=${id}; ${attributes}${isSecure(request.raw) ? "; Secure" : ""}`;
}
