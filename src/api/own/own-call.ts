// What every route of our own API does first: find the app, check the body.
import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import type { App, Engine } from "../../engine/engine.ts";
import { AppError } from "../../errors.ts";
import { namedApp } from "../app-query.ts";
import { resolveApp } from "../handlers/app.ts";

/** Where our own API begins. */
export const OWN_PREFIX = "/semblance";

/** The app that ?user_id= and ?app_id= name, by default me/photos. @throws AppError "not_found" */
export function appOf(engine: Engine, request: FastifyRequest): Promise<App> {
  return resolveApp(engine, namedApp(request));
}

/** `given` as `schema` says, for the part of a request that `what` names. @throws AppError "invalid_request" */
export function parseGiven<Schema extends z.ZodType>(
  schema: Schema,
  given: unknown,
  what = "the body",
): z.output<Schema> {
  const parsed = schema.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join(".") || what;
  throw new AppError(
    "invalid_request",
    `Expected a valid value for ${place} but: ${issue?.message}.`,
  );
}
