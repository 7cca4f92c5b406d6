// The server: one port, all doors. Wires them; what each one does stands in its own file.
import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { pino } from "pino";
import { createCommands } from "../commands.ts";
import type { Config } from "../config.ts";
import type { Engine } from "../engine/engine.ts";
import { AppError } from "../errors.ts";
import { type Access, createAccess } from "./auth.ts";
import { sendError } from "./error-reply.ts";
import { registerFeedback } from "./feedback.ts";
import { guard, requireKey } from "./guard.ts";
import { createHandlers, type Handlers } from "./handlers/handlers.ts";
import { registerLocal } from "./local.ts";
import { registerOwn } from "./own/register-own.ts";
import { registerPictures } from "./pictures.ts";
import { createPort, type Port } from "./port.ts";
import { registerPortal, WEB_ROOT } from "./portal.ts";
import { registerRest } from "./rest.ts";
import { createRpc, isRpc } from "./rpc.ts";
import { registerSession } from "./session-routes.ts";
import { createSessions, type Sessions } from "./sessions.ts";
import { type Credentials, readCredentials } from "./tls.ts";
import { registerUpload } from "./upload.ts";

export type ServerOptions = {
  /** Opens /local/ to processes of this machine that know it. Without one there is no /local/. */
  readonly localToken?: string;
  /** Folder of the built Portal. Default: where the build puts it. */
  readonly webRoot?: string;
  /** One of pino's levels. Default "warn". */
  readonly logLevel?: string;
};

export type RunningServer = {
  /** For people to open, such as http://127.0.0.1:8484, or https where there is a certificate. */
  readonly url: string;
  /** The same without TLS, for processes of this machine, which need not know the certificate. */
  readonly localUrl: string;
  /** Lets running calls finish (5 s at most), then ends every connection. The engine stays open. */
  close(): Promise<void>;
};

type Doors = {
  readonly engine: Engine;
  readonly handlers: Handlers;
  readonly access: Access;
  readonly sessions: Sessions;
};

/** Starts to listen. @throws AppError "invalid_request" if the port is taken. */
export async function startServer(
  engine: Engine,
  config: Config,
  options: ServerOptions = {},
): Promise<RunningServer> {
  const sessions = createSessions();
  const access = createAccess(config, sessions);
  const doors = { engine, handlers: createHandlers(engine), access, sessions };
  const log = pino({ level: options.logLevel ?? "warn" });
  const credentials = await readCredentials(config);
  const app = createApp(doors, log, credentials);
  guard(app, access);
  await registerDoors(app, doors, config, options);
  await listen(app, config);
  const localUrl = toUrl(app, config.host);
  const url = credentials ? localUrl.replace(/^http:/, "https:") : localUrl;
  return { url, localUrl, close: () => app.close() };
}

function createApp(
  { handlers, access }: Doors,
  log: FastifyBaseLogger,
  credentials: Credentials | undefined,
): FastifyInstance {
  const rpc = createRpc(handlers, access, log);
  const ports: Port[] = []; // "localhost" may be two addresses, each with a server
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }), // URLs hold file names
    genReqId: () => randomUUID(),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 8192 },
    frameworkErrors: sendError,
    serverFactory(serve) {
      const onHttp1 = (...call: Parameters<typeof serve>) =>
        (isRpc(call[0]) ? rpc : serve)(...call);
      const port = createPort(onHttp1, rpc, credentials);
      ports.push(port);
      return port.server;
    },
  });
  app.setErrorHandler(sendError);
  app.addHook("preClose", async () => ports.forEach((port) => void port.end()));
  return app;
}

async function registerDoors(
  app: FastifyInstance,
  { engine, handlers, access, sessions }: Doors,
  config: Config,
  { localToken, webRoot }: ServerOptions,
): Promise<void> {
  app.get("/health", async () => ({ status: "ok" }));
  await app.register(async (scope) => registerSession(scope, access, sessions));
  await app.register(async (scope) => {
    requireKey(scope, access);
    const uploads = join(config.data, "uploads");
    await scope.register(async (inner) => {
      registerRest(inner, handlers);
      registerFeedback(inner, engine);
    });
    await scope.register(async (inner) => registerUpload(inner, engine, uploads));
    await scope.register(async (inner) => registerOwn(inner, engine));
    registerPictures(scope, engine);
  });
  if (localToken !== undefined) {
    const commands = await createCommands(engine);
    await app.register(async (scope) => registerLocal(scope, commands, localToken));
  }
  await registerPortal(app, webRoot ?? WEB_ROOT);
}

async function listen(app: FastifyInstance, { host, port }: Config): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    await app.close();
    const why = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (why !== "EADDRINUSE" && why !== "EACCES" && why !== "EADDRNOTAVAIL") throw cause;
    const problem = {
      EADDRINUSE: `${port} is taken on ${host}. Stop the program that uses it, or choose another`,
      EACCES: `${port}, which needs more rights. Choose one from 1024 on`,
      EADDRNOTAVAIL: `${host} is no address of this machine. Choose another with --host, or a port`,
    }[why];
    throw new AppError(
      "invalid_request",
      `Expected a free port for --port but ${problem} with --port or SEMBLANCE_PORT.`,
      { cause, details: { host, port } },
    );
  }
}

// All addresses of a machine are no address to open.
function toUrl(app: FastifyInstance, host: string): string {
  const { port } = app.server.address() as AddressInfo;
  const isAny = host === "0.0.0.0" || host === "::";
  const name = isAny ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
