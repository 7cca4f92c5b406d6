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
    PRAGMA mmap_size = 268435456;
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

type BoundValues = Parameters<StatementSyncInstance["run"]>;

function toStatement(
  database: DatabaseSyncInstance,
  statement: StatementSyncInstance,
): SqliteStatement {
  const bind = (values: readonly unknown[]) => values as BoundValues;
  return {
    reader: statement.columns().length > 0,
    all: (values) => statement.all(...bind(values)),
    run: (values) => {
      // A full disk has ended the transaction already; its error must not be replaced by that of the rollback.
      const isEnded = /^rollback$/i.test(statement.sourceSQL) && !database.isTransaction;
      return isEnded ? { changes: 0, lastInsertRowid: 0 } : statement.run(...bind(values));
    },
    iterate: (values) => statement.iterate(...bind(values)),
  };
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
