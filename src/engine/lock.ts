// One process per data folder. The lock is SQLite's own file lock, so that the system releases it
// when the process dies in any way; who holds it is written beside it for the others.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { z } from "zod";
import { AppError } from "../errors.ts";

const ownerSchema = z.object({
  pid: z.number(),
  url: z.string().optional(),
  token: z.string().optional(),
});

/** Who holds a data folder. `url` and `token`: how the CLI reaches it when it is a server. */
export type Owner = z.infer<typeof ownerSchema>;

/** Holds the folder until `release`. `announce` tells others how to reach this process. */
export type Lock = { announce(owner: Omit<Owner, "pid">): void; release(): void };

/** @throws AppError "data_folder_busy" if another process holds the folder */
export function lockFolder(folder: string): Lock {
  const database = new DatabaseSync(join(folder, "lock.db"), { timeout: 0 });
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (cause) {
    database.close();
    const owner = readOwner(folder);
    const holder = owner
      ? `process ${owner.pid}${owner.url ? ` (${owner.url})` : ""}`
      : "another process";
    throw new AppError(
      "data_folder_busy",
      `Expected to be alone in ${folder} but ${holder} holds it. Stop it, or choose another folder with --data.`,
      { cause, details: { ...owner, token: undefined } },
    );
  }
  const file = join(folder, "owner.json");
  const announce = (owner: Omit<Owner, "pid">) =>
    writeFileSync(file, JSON.stringify({ pid: process.pid, ...owner }), { mode: 0o600 });
  announce({});
  return {
    announce,
    release() {
      rmSync(file, { force: true });
      database.close();
    },
  };
}

/** Who says to hold the folder; undefined if nobody does. Only true while `lockFolder` fails. */
export function readOwner(folder: string): Owner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(join(folder, "owner.json"), "utf8")));
  } catch {
    return undefined; // no file, or one that is being written
  }
}
