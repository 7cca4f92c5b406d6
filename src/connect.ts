// Reaches a data folder: opens it, or talks to the server that holds it.

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

/** @throws AppError "data_folder_busy" if a process that is no server holds the folder */
export async function connect(
  config: Config,
  onError: (error: AppError) => void,
): Promise<Connection> {
  try {
    const engine = await openEngine({ config, onError });
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

// The token stands in a file that only this user can read: it proves that we may use the folder.
function remoteCommands(owner: Owner): Commands {
  const call = async (name: CommandName, input: unknown, signal?: AbortSignal) => {
    const response = await fetch(`${owner.url}/local/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-semblance-token": owner.token ?? "" },
      body: JSON.stringify(input),
      ...(signal && { signal }),
    }).catch((cause) => {
      throw new AppError(
        "data_folder_busy",
        `Expected the server at ${owner.url} to answer but received: ${cause.message}.`,
        { cause },
      );
    });
    if (response.ok) return response.json();
    const { code, message } = (await response.json()) as { code?: unknown; message?: unknown };
    throw new AppError(toCode(code), String(message ?? response.statusText));
  };
  const names = Object.keys(commandSchemas) as CommandName[];
  const entries = names.map((name) => [
    name,
    (input: unknown, signal?: AbortSignal) => call(name, input, signal),
  ]);
  return Object.fromEntries(entries) as Commands;
}

function toCode(code: unknown): ErrorCode {
  return typeof code === "string" && code in ERRORS ? (code as ErrorCode) : "internal";
}
