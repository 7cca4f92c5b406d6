// Whatever was thrown on the way to an answer -> a reply in Clarifai's form, and a log line if it is our fault.
import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError, ERRORS } from "../errors.ts";
import { toStatus } from "./status.ts";

/** Fastify's error handler. */
export function sendError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const error = toAppError(thrown, request);
  const { http, fault } = ERRORS[error.code];
  if (fault === "server") {
    request.log.error({ err: error, route: request.routeOptions.url }, "request failed");
  }
  const { code, description, details, reqId } = toStatus(error, request.id);
  void reply
    .code(http)
    .header("cache-control", "no-store")
    .send({ status: { code, description, ...(details && { details }), req_id: reqId } });
}

// Fastify has errors of its own, with a status of HTTP: a body too large, an URL that cannot be decoded.
function toAppError(thrown: unknown, request: FastifyRequest): AppError {
  if (thrown instanceof AppError || !(thrown instanceof Error)) return AppError.from(thrown);
  const status = "statusCode" in thrown ? thrown.statusCode : undefined;
  if (status === 413) {
    const limit = request.routeOptions.bodyLimit;
    return new AppError("request_too_large", `Expected a request of at most ${limit} bytes.`, {
      cause: thrown,
    });
  }
  if (typeof status === "number" && status >= 400 && status < 500) {
    return new AppError("invalid_request", thrown.message, { cause: thrown });
  }
  return AppError.from(thrown);
}
