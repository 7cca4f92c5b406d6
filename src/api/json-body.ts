// A request body -> JSON, whatever its Content-Type says: browsers and old clients send text/plain, none at
// all, or an empty form. An empty body is an empty object.
import type { FastifyInstance } from "fastify";
import { AppError } from "../errors.ts";

/** Makes `scope` read every body as JSON of at most `limitBytes`. */
export function parseJsonBody(scope: FastifyInstance, limitBytes: number): void {
  scope.removeAllContentTypeParsers();
  // The routes know the limit, too: who exceeds it is told.
  scope.addHook("onRoute", (route) => {
    route.bodyLimit ??= limitBytes;
  });
  const options = { parseAs: "buffer", bodyLimit: limitBytes } as const;
  scope.addContentTypeParser("*", options, (_request, body, done) => {
    try {
      done(null, toJson(body.toString()));
    } catch (error) {
      done(AppError.from(error));
    }
  });
}

function toJson(text: string): unknown {
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("bad_format", `Expected JSON for the request body but ${why}.`, {
      cause,
    });
  }
}
