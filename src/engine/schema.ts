// The tables, as types and as migrations. A released migration is never edited: append a new one.
import type { DatabaseSyncInstance } from "@photostructure/sqlite";
import type { Generated } from "kysely";
import { AppError } from "../errors.ts";

export type Schema = {
  apps: {
    row: Generated<number>;
    user_id: string;
    id: string;
    created_ms: number;
  };
  inputs: {
    row: Generated<number>;
    app: number;
    id: string;
    status: string;
    failure_code: string | null;
    failure: string | null;
    name: string;
    path: string | null;
    /** Of the file at `path`, when it was queued: a changed one is indexed again. */
    modified_file_ms: number | null;
    sha256: string | null;
    size_bytes: number;
    width_px: number;
    height_px: number;
    format: string | null;
    metadata: string;
    /** 1: index even if the same bytes are there already. */
    allow_duplicate: number;
    created_ms: number;
    modified_ms: number;
  };
  spaces: { row: Generated<number>; model: string; dim: number };
  /** `row` grows for ever and is never used again: snapshots tell by it what is new. */
  vectors: {
    row: Generated<number>;
    app: number;
    space: number;
    input: number;
    vector: Uint8Array;
  };
  /** JSON [[concept id, value], ...], highest first. */
  predictions: { input: number; concepts: string };
};

const MIGRATIONS = [
  `CREATE TABLE apps (
     row INTEGER PRIMARY KEY, user_id TEXT NOT NULL, id TEXT NOT NULL, created_ms INTEGER NOT NULL,
     UNIQUE (user_id, id)
   ) STRICT;
   CREATE TABLE inputs (
     row INTEGER PRIMARY KEY AUTOINCREMENT,
     app INTEGER NOT NULL REFERENCES apps (row) ON DELETE CASCADE,
     id TEXT NOT NULL,
     status TEXT NOT NULL CHECK (status IN ('pending', 'processed', 'failed', 'duplicate')),
     failure_code TEXT, failure TEXT,
     name TEXT NOT NULL, path TEXT, modified_file_ms INTEGER,
     sha256 TEXT, size_bytes INTEGER NOT NULL,
     width_px INTEGER NOT NULL, height_px INTEGER NOT NULL, format TEXT,
     metadata TEXT NOT NULL, allow_duplicate INTEGER NOT NULL,
     created_ms INTEGER NOT NULL, modified_ms INTEGER NOT NULL,
     UNIQUE (app, id)
   ) STRICT;
   CREATE INDEX inputs_status ON inputs (app, status, row);
   CREATE INDEX inputs_pending ON inputs (row) WHERE status = 'pending';
   CREATE INDEX inputs_sha256 ON inputs (app, sha256) WHERE sha256 IS NOT NULL;
   CREATE UNIQUE INDEX inputs_path ON inputs (app, path) WHERE path IS NOT NULL;
   CREATE TABLE spaces (row INTEGER PRIMARY KEY, model TEXT NOT NULL UNIQUE, dim INTEGER NOT NULL) STRICT;
   CREATE TABLE vectors (
     row INTEGER PRIMARY KEY AUTOINCREMENT,
     app INTEGER NOT NULL, space INTEGER NOT NULL REFERENCES spaces (row) ON DELETE CASCADE,
     input INTEGER NOT NULL REFERENCES inputs (row) ON DELETE CASCADE,
     vector BLOB NOT NULL
   ) STRICT;
   CREATE INDEX vectors_app ON vectors (app, space, row);
   CREATE INDEX vectors_input ON vectors (input, space);
   CREATE TABLE predictions (
     input INTEGER PRIMARY KEY REFERENCES inputs (row) ON DELETE CASCADE, concepts TEXT NOT NULL
   ) STRICT;`,
];

/** Brings a database to the newest schema, each step in one transaction.
 *  @throws AppError "invalid_request" if a newer Semblance wrote it */
export function migrate(database: DatabaseSyncInstance): void {
  const { user_version: version } = database.prepare("PRAGMA user_version").get() as {
    user_version: number;
  };
  if (version > MIGRATIONS.length) {
    throw new AppError(
      "invalid_request",
      `Expected schema version ${MIGRATIONS.length} or older for the data folder but received ${version}. ` +
        "A newer Semblance wrote it: install that version.",
    );
  }
  for (let next = version; next < MIGRATIONS.length; next++) {
    database.exec(`BEGIN; ${MIGRATIONS[next]}; PRAGMA user_version = ${next + 1}; COMMIT;`);
  }
}
