// ?user_id= and ?app_id= of our own routes, which have no user_app_id in path or body.
import type { FastifyRequest } from "fastify";

export function namedApp(request: FastifyRequest): { userId: string; appId: string } {
  const query = request.query as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return { userId: text(query.user_id), appId: text(query.app_id) };
}
