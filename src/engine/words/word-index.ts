// What is written about and in pictures: file names, labels, captions, metadata and what was read in them, as one full-text
// index. Triggers note which inputs changed (schema.ts); `catchUp` reads these again.
import type { DatabaseSyncInstance, StatementSyncInstance } from "@photostructure/sqlite";
import type { Kysely } from "kysely";
import type { App } from "../engine.ts";
import type { Schema } from "../schema.ts";
import { contentOf, type Written } from "./content.ts";
import { Spelling } from "./spelling.ts";
import { askedTokens, tokensOf } from "./tokens.ts";

/** A word that more inputs than this have tells little, and the encoder sees it by itself. */
const ROWS_MAX = 1000;
/** Words of a caption that are looked up, the first ones. */
const ASKED_MAX = 24;
/** What a word counts that is there only as the beginning of another, or spelt in another way. */
const PREFIX_WORTH = 0.8;
const SPELLING_WORTH = 0.7;
const PREFIX_MIN = 3;

/** Inputs by row: 0..1, how much of what was asked is written there. */
export type WordMatches = ReadonlyMap<number, number>;

type Found = { readonly rows: readonly number[]; readonly worth: number };

export class WordIndex {
  readonly #database: DatabaseSyncInstance;
  readonly #db: Kysely<Schema>;
  readonly #spelling: Spelling;
  readonly #match: StatementSyncInstance;

  constructor(database: DatabaseSyncInstance, db: Kysely<Schema>) {
    this.#database = database;
    this.#db = db;
    this.#spelling = new Spelling(database);
    this.#match = database.prepare("SELECT rowid FROM words WHERE words MATCH ? LIMIT ?");
    this.#match.setReturnArrays(true);
  }

  /** Reads inputs again that changed, at most `limit`, oldest first, in one transaction; how many there were. */
  async catchUp(limit: number): Promise<number> {
    const due = await this.#db
      .selectFrom("words_due")
      .select("input")
      .orderBy("input")
      .limit(limit)
      .execute();
    if (due.length === 0) return 0;
    await this.#db.transaction().execute(async () => {
      for (const { input } of due) this.#read(input);
    });
    return due.length;
  }

  /** What of a caption is written about or in inputs of an app. A word's worth rises as it becomes rare. `size`: inputs of the app. */
  search(app: Pick<App, "row">, caption: string, size: number): WordMatches {
    const tokens = askedTokens(caption).slice(0, ASKED_MAX);
    const found = tokens.map((token) => this.#find(app, token));
    const weights = found.map(({ rows }) => Math.log(1 + size / Math.max(rows.length, 0.5)));
    const telling = found.map(({ rows }) => rows.length <= ROWS_MAX);
    const total = weights.reduce((sum, weight, i) => sum + (telling[i] ? weight : 0), 0);
    const matches = new Map<number, number>();
    found.forEach(({ rows, worth }, i) => {
      if (!telling[i]) return;
      const part = (worth * weights[i]!) / total;
      for (const row of rows) matches.set(row, (matches.get(row) ?? 0) + part);
    });
    return matches;
  }

  // Exact words first, then beginnings, then other spellings.
  #find(app: Pick<App, "row">, token: string): Found {
    const exact = this.#rows(app, numbersOf(token).map(quoted).join(" OR "));
    if (exact.length > 0) return { rows: exact, worth: 1 };
    if (token.length >= PREFIX_MIN) {
      const longer = this.#rows(app, `${quoted(token)} *`);
      if (longer.length > 0) return { rows: longer, worth: PREFIX_WORTH };
    }
    const alike = this.#spelling.alike(app, token);
    if (alike.length === 0) return { rows: [], worth: 0 };
    const rows = this.#rows(app, alike.map(({ term }) => quoted(term)).join(" OR "));
    return { rows, worth: SPELLING_WORTH * (alike[0]?.similarity ?? 0) };
  }

  #rows(app: Pick<App, "row">, expression: string): readonly number[] {
    const found = this.#match.all(`${ofApp(app)} AND (${expression})`, ROWS_MAX + 1) as unknown as [
      number,
    ][];
    return found.map(([row]) => row);
  }

  #read(input: number): void {
    const written = contentOf(this.#database, input);
    this.#run("DELETE FROM words WHERE rowid = ?", input);
    if (written) this.#write(input, written);
    this.#run("DELETE FROM words_due WHERE input = ?", input);
  }

  #write(input: number, { app, name, labels, captions, metadata, read }: Written): void {
    const columns = [name, labels, captions, metadata, read].map(tokensOf);
    this.#run(
      "INSERT INTO words (rowid, app, name, labels, captions, metadata, read) VALUES (?, ?, ?, ?, ?, ?, ?)",
      ...[input, appToken(app), ...columns.map((tokens) => tokens.join(" "))],
    );
    this.#spelling.learn({ row: app }, new Set(columns.flat()));
  }

  #run(statement: string, ...values: (string | number)[]): void {
    let prepared = this.#prepared.get(statement);
    if (!prepared) {
      prepared = this.#database.prepare(statement);
      this.#prepared.set(statement, prepared);
    }
    prepared.run(...values);
  }
  readonly #prepared = new Map<string, StatementSyncInstance>();
}

/** A full-text expression for inputs of an app in which the words of a phrase follow each other; undefined if it has no words. */
export function phraseExpression(app: Pick<App, "row">, phrase: string): string | undefined {
  const tokens = tokensOf(phrase);
  return tokens.length === 0 ? undefined : `${ofApp(app)} AND ${quoted(tokens.join(" "))}`;
}

// No tenant's word is looked up among those of another.
function ofApp({ row }: Pick<App, "row">): string {
  return `app : ${quoted(appToken(row))}`;
}

function appToken(row: number): string {
  return `a${row}`;
}

// Tokens are letters and digits, so that nothing in them ends a string.
function quoted(tokens: string): string {
  return `"${tokens}"`;
}

// One or many: "dogs" are written about as "dog", too.
function numbersOf(token: string): readonly string[] {
  if (!/^[a-z]{3,}$/.test(token)) return [token];
  return token.endsWith("s") && !token.endsWith("ss")
    ? [token, token.slice(0, -1)]
    : [token, `${token}s`];
}
