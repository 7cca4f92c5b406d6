// SQLite (node:sqlite's API, prebuilt for Node 20) -> Kysely. SQL that only SQLite knows stays here,
// in schema.ts and in store.ts.
import {
  DatabaseSync,
  type DatabaseSyncInstance,
  type StatementSyncInstance,
} from "@photostructure/sqlite";
import {
  Kysely,
  type RawBuilder,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteStatement,
  sql,
} from "kysely";
import { AppError } from "../errors.ts";

/** Values per IN list; SQLite allows 32,766 variables per statement. */
export const CHUNK = 10_000;

const STATEMENT_CACHE = 256;

/** Opens or creates a database file. WAL with full sync: what is committed survives power loss. */
export function openDatabase(file: string): DatabaseSyncInstance {
  const database = new DatabaseSync(file, { timeout: 5000 });
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA mmap_size = 2147418112;
  `);
  return database;
}

/** Typed queries over one open database. */
export function createKysely<Schema>(database: DatabaseSyncInstance): Kysely<Schema> {
  const statements = new Map<string, SqliteStatement>();
  const adapter: SqliteDatabase = {
    close: () => database.close(),
    prepare: (text) =>
      statements.get(text) ??
      remember(statements, text, toStatement(database, database.prepare(text))),
  };
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: adapter }) });
}

/** A number that has grown whenever the database has changed through this connection. */
export async function revision<Schema>(db: Kysely<Schema>): Promise<number> {
  const { rows } = await sql<{ total: number }>`SELECT total_changes() AS total`.execute(db);
  return rows[0]?.total ?? 0;
}

type BoundValues = Parameters<StatementSyncInstance["run"]>;

function toStatement(
  database: DatabaseSyncInstance,
  statement: StatementSyncInstance,
): SqliteStatement {
  const bind = (values: readonly unknown[]) => values as BoundValues;
  return {
    reader: statement.columns().length > 0,
    all: (values) => namingOrphans(() => statement.all(...bind(values))),
    run: (values) => {
      // A full disk has ended the transaction already; its error must not be replaced by that of the rollback.
      const isEnded = /^rollback$/i.test(statement.sourceSQL) && !database.isTransaction;
      if (isEnded) return { changes: 0, lastInsertRowid: 0 };
      return namingOrphans(() => statement.run(...bind(values)));
    },
    iterate: (values) => statement.iterate(...bind(values)),
  };
}

// Rows are only ever hung on others that were just read: one that is missing was deleted in between.
function namingOrphans<T>(execute: () => T): T {
  try {
    return execute();
  } catch (cause) {
    if (!(cause instanceof Error && /FOREIGN KEY constraint/.test(cause.message))) throw cause;
    throw new AppError(
      "not_found",
      "Expected an app, dataset or input that exists for what was to be stored in it but it was deleted meanwhile.",
      { cause },
    );
  }
}

// Oldest first out: `IN (?, ?, ...)` of every length would otherwise keep statements for ever.
function remember<T>(cache: Map<string, T>, key: string, value: T): T {
  if (cache.size >= STATEMENT_CACHE) cache.delete(cache.keys().next().value as string);
  cache.set(key, value);
  return value;
}

/** That a column is in a list of any length, as one parameter. */
export function isIn(column: string, list: readonly (string | number)[]): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} IN (SELECT value FROM json_each(${JSON.stringify(list)}))`;
}
