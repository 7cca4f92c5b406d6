// Reaches a data folder: opens it, or talks to the server that holds it.

import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text as readText } from "node:stream/consumers";
import { type CommandName, type Commands, commandSchemas, createCommands } from "./commands.ts";
import type { Config } from "./config.ts";
import { type Owner, readOwner } from "./engine/lock.ts";
import { openEngine } from "./engine/open-engine.ts";
import { AppError, ERRORS, type ErrorCode } from "./errors.ts";

/** Commands on a folder, wherever they run. `close` finishes work of this process; a server goes on. */
export type Connection = {
  readonly commands: Commands;
  readonly server: string | undefined;
  close(): Promise<void>;
};

/** `measures`, `reads`: see `EngineOptions`. @throws AppError "data_folder_busy" if a process that is no server holds the folder */
export async function connect(
  config: Config,
  onError: (error: AppError) => void,
  {
    measures = false,
    reads = false,
  }: { readonly measures?: boolean; readonly reads?: boolean } = {},
): Promise<Connection> {
  try {
    const engine = await openEngine({ config, onError, measures, reads });
    return {
      commands: await createCommands(engine),
      server: undefined,
      close: () => engine.close(),
    };
  } catch (error) {
    const owner =
      error instanceof AppError && error.code === "data_folder_busy"
        ? readOwner(config.data)
        : undefined;
    if (!owner?.url) throw error;
    return { commands: remoteCommands(owner), server: owner.url, close: async () => undefined };
  }
}

/** The commands of the server that says to hold a folder, without opening the folder; undefined if none does. A server that
 *  was killed may still say so: it answers nothing. */
export function serverCommands(data: string): Commands | undefined {
  const owner = readOwner(data);
  return owner?.url ? remoteCommands(owner) : undefined;
}

// The token stands in a file that only this user can read: it proves that we may use the folder.
function remoteCommands(owner: Owner): Commands {
  const call = async (name: CommandName, input: unknown, signal?: AbortSignal) => {
    const { status, body } = await post(`${owner.url}/local/${name}`, owner.token, input, signal);
    const reply = JSON.parse(body);
    if (status === 200) return reply;
    throw new AppError(toCode(reply.code), String(reply.message ?? `HTTP status ${status}`));
  };
  const names = Object.keys(commandSchemas) as CommandName[];
  const entries = names.map((name) => [
    name,
    (input: unknown, signal?: AbortSignal) => call(name, input, signal),
  ]);
  return Object.fromEntries(entries) as Commands;
}

// Not fetch: it gives up after 300 s without an answer, and queueing a million files takes longer.
async function post(
  url: string,
  token = "",
  input: unknown,
  signal: AbortSignal | undefined,
): Promise<{ status: number | undefined; body: string }> {
  const headers = { "content-type": "application/json", "x-semblance-token": token };
  const outgoing = request(url, { method: "POST", headers, ...(signal && { signal }) });
  outgoing.end(JSON.stringify(input));
  try {
    const [response] = (await once(outgoing, "response")) as [IncomingMessage];
    return { status: response.statusCode, body: await readText(response) };
  } catch (cause) {
    throw new AppError(
      "data_folder_busy",
      `Expected the server at ${url} to answer but received: ${(cause as Error).message}.`,
      { cause },
    );
  }
}

function toCode(code: unknown): ErrorCode {
  return typeof code === "string" && code in ERRORS ? (code as ErrorCode) : "internal";
}
