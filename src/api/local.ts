// POST /local/<command>: the commands of our own CLI, run in the server that holds the data folder. They do
// more than a key allows (index any folder of this machine), so they ask for a token that only a process of
// the same user can know.
import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { type CommandName, type Commands, commandSchemas } from "../commands.ts";
import { AppError, ERRORS } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { hungUp } from "./call.ts";
import { parseJsonBody } from "./json-body.ts";

/** Adds a route per command to `scope`. Errors are {code, message} with a code of `ERRORS`. */
export function registerLocal(scope: FastifyInstance, commands: Commands, token: string): void {
  parseJsonBody(scope, LIMITS.requestBytes);
  scope.addHook("onRequest", async (request) => requireLocal(request, token));
  scope.setErrorHandler((thrown, request, reply) => {
    const error = AppError.from(thrown);
    if (ERRORS[error.code].fault === "server") {
      request.log.error({ err: error, route: request.routeOptions.url }, "command failed");
    }
    return reply.code(ERRORS[error.code].http).send({ code: error.code, message: error.message });
  });

  for (const name of Object.keys(commandSchemas) as CommandName[]) {
    scope.post(`/local/${name}`, async (request, reply) => {
      // TypeScript cannot follow that each schema yields what the command of its name takes.
      const run = commands[name] as (input: unknown, signal: AbortSignal) => Promise<unknown>;
      return run(toInput(name, request.body ?? {}), hungUp(reply.raw));
    });
  }
}

function toInput(name: CommandName, body: unknown): unknown {
  const parsed = commandSchemas[name].safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new AppError(
    "invalid_request",
    `Expected a valid ${issue?.path.join(".") || "body"} for ${name} but: ${issue?.message}.`,
  );
}

function requireLocal(request: FastifyRequest, token: string): void {
  const address = request.socket.remoteAddress ?? "";
  // A server on one address of the network hears its own machine from just that address.
  const isLoopback =
    address === "::1" ||
    /^(::ffff:)?127\./.test(address) ||
    address === request.socket.localAddress;
  const given = request.headers["x-semblance-token"];
  if (isLoopback && typeof given === "string" && isSame(given, token)) return;
  throw new AppError(
    "forbidden",
    "Expected a call of Semblance's own command line on this machine.",
  );
}

function isSame(one: string, other: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
