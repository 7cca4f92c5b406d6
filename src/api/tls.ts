// TLS on the one port: the certificate from its files, and handshakes on connections that asked for one.
import { readFile } from "node:fs/promises";
import type { Socket } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";

/** PEM texts: the certificate with its chain, and its key. */
export type Credentials = { readonly cert: Buffer; readonly key: Buffer };

/** Reads what the settings name; undefined if they name nothing. @throws AppError "invalid_request" */
export async function readCredentials(
  config: Pick<Config, "tlsCert" | "tlsKey">,
): Promise<Credentials | undefined> {
  const { tlsCert, tlsKey } = config;
  if (tlsCert === undefined || tlsKey === undefined) return undefined;
  try {
    const [cert, key] = await Promise.all([readFile(tlsCert), readFile(tlsKey)]);
    createServer({ cert, key }); // throws if they do not fit each other
    return { cert, key };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError(
      "invalid_request",
      `Expected a PEM certificate and its key for SEMBLANCE_TLS_CERT (${tlsCert}) and SEMBLANCE_TLS_KEY (${tlsKey}) but received: ${reason}.`,
      { cause },
    );
  }
}

export type Handshakes = {
  /** Takes a connection whose first bytes are still to be read; hangs up if the handshake fails or takes too long. */
  serve(socket: Socket): void;
  /** Ends all connections that came this way. */
  destroy(): void;
};

/** HTTP/1.1 comes first: browsers offer both protocols and need it, while gRPC clients offer HTTP/2 alone. */
export function createHandshakes(
  credentials: Credentials,
  timeoutMs: number,
  onSecure: (socket: TLSSocket) => void,
): Handshakes {
  const sockets = new Set<Socket>();
  const server = createServer(
    { ...credentials, ALPNProtocols: ["http/1.1", "h2"], handshakeTimeout: timeoutMs },
    onSecure,
  );
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  return {
    serve(socket) {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
      socket.allowHalfOpen = false; // or a caller who leaves in mid-handshake would stay until it times out
      server.emit("connection", socket);
    },
    destroy: () => sockets.forEach((socket) => void socket.destroy()),
  };
}
