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
/** What a word counts that stands in the file name alone: those of cameras, programs and collections say little about a picture. */
const NAME_WORTH = 0.6;
/** And one that is there only as the beginning of another, or spelt in another way. */
const PREFIX_WORTH = 0.8;
const SPELLING_WORTH = 0.7;
const PREFIX_MIN = 3;
const ABSENT_WORTH = 0.5;

/** Inputs by row: 0..1, how much of what was asked is written there. */
export type WordMatches = ReadonlyMap<number, number>;

/** Rows with what the word counts there. */
type Found = ReadonlyMap<number, number>;
const NOWHERE: Found = new Map();

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
    const weights = found.map((rows) => weightOf(rows.size, size));
    const telling = found.map((rows) => rows.size <= ROWS_MAX);
    const total = weights.reduce((sum, weight, i) => sum + (telling[i] ? weight : 0), 0);
    const matches = new Map<number, number>();
    found.forEach((rows, i) => {
      if (!telling[i]) return;
      const part = weights[i]! / total;
      for (const [row, worth] of rows) matches.set(row, (matches.get(row) ?? 0) + worth * part);
    });
    return matches;
  }

  // Exact words first, then beginnings, then other spellings.
  #find(app: Pick<App, "row">, token: string): Found {
    const exact = this.#rows(anyOf(app, numbersOf(token)), 1);
    if (exact.size > 0) return exact;
    if (token.length >= PREFIX_MIN) {
      const longer = this.#rows(`${quoted(app, [token])} *`, PREFIX_WORTH);
      if (longer.size > 0) return longer;
    }
    const alike = this.#spelling.alike(app, token);
    const [best] = alike;
    if (!best) return NOWHERE;
    const words = alike.map(({ term }) => term);
    return this.#rows(anyOf(app, words), SPELLING_WORTH * best.similarity);
  }

  #rows(words: string, worth: number): Found {
    const found = this.#matching(words);
    // A common word lifts nothing: where it stands does not matter.
    const told = found.length > ROWS_MAX ? found : this.#matching(`- name : (${words})`);
    return new Map([
      ...found.map(([row]) => [row, NAME_WORTH * worth] as const),
      ...told.map(([row]) => [row, worth] as const),
    ]);
  }

  #matching(expression: string): readonly [number][] {
    return this.#match.all(expression, ROWS_MAX + 1) as unknown as [number][];
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
      "INSERT INTO words (rowid, name, labels, captions, metadata, read) VALUES (?, ?, ?, ?, ?, ?)",
      ...[input, ...columns.map((tokens) => ofApp({ row: app }, tokens))],
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

// Inverse document frequency. A word that is written nowhere tells half as much as one that is written once: it is for the encoder.
function weightOf(count: number, size: number): number {
  return Math.log(1 + size / Math.max(count, 1)) * (count === 0 ? ABSENT_WORTH : 1);
}

/** A full-text expression for inputs of an app in which the words of a phrase follow each other; undefined if it has no words. */
export function phraseExpression(app: Pick<App, "row">, phrase: string): string | undefined {
  const tokens = tokensOf(phrase);
  return tokens.length === 0 ? undefined : quoted(app, tokens);
}

// Words of an app begin with its number, so that no tenant's word is looked up among those of another, and none is slower for it.
function ofApp({ row }: Pick<App, "row">, tokens: readonly string[]): string {
  return tokens.map((token) => `${row}x${token}`).join(" ");
}

// Tokens are letters and digits, so that nothing in them ends a string.
function quoted(app: Pick<App, "row">, tokens: readonly string[]): string {
  return `"${ofApp(app, tokens)}"`;
}

function anyOf(app: Pick<App, "row">, tokens: readonly string[]): string {
  return tokens.map((token) => quoted(app, [token])).join(" OR ");
}

// One or many: "dogs" are written about as "dog", too.
function numbersOf(token: string): readonly string[] {
  if (!/^[a-z]{3,}$/.test(token)) return [token];
  return token.endsWith("s") && !token.endsWith("ss")
    ? [token, token.slice(0, -1)]
    : [token, `${token}s`];
}
