// Words of an app that are spelt nearly like another one, by the trigrams that they share: readers of pictures and people at
// keyboards both mistake letters.
import type { DatabaseSyncInstance, StatementSyncInstance } from "@photostructure/sqlite";
import type { App } from "../engine.ts";

/** Shorter words have too few letters to be told from others. */
const LENGTH_MIN = 4;
/** Dice's coefficient of the trigrams (Dice 1945), with the ends of the words. */
const SIMILARITY_MIN = 0.5;
const CANDIDATES = 200;
const ALIKE_MAX = 5;

export type Alike = { readonly term: string; readonly similarity: number };

export class Spelling {
  readonly #known: StatementSyncInstance;
  readonly #insert: StatementSyncInstance;
  readonly #insertGrams: StatementSyncInstance;
  readonly #find: StatementSyncInstance;

  constructor(database: DatabaseSyncInstance) {
    this.#known = database.prepare("SELECT 1 FROM terms WHERE app = ? AND term = ?");
    this.#insert = database.prepare("INSERT INTO terms (app, term) VALUES (?, ?)");
    this.#insertGrams = database.prepare("INSERT INTO term_grams (rowid, grams) VALUES (?, ?)");
    this.#find = database.prepare(
      `SELECT terms.term AS term FROM term_grams JOIN terms ON terms.row = term_grams.rowid
       WHERE term_grams MATCH ? AND terms.app = ? ORDER BY rank LIMIT ?`,
    );
  }

  learn(app: Pick<App, "row">, terms: ReadonlySet<string>): void {
    for (const term of terms) {
      if (!isTelling(term) || this.#known.get(app.row, term)) continue;
      const { lastInsertRowid } = this.#insert.run(app.row, term);
      this.#insertGrams.run(lastInsertRowid, trigramsOf(term).join(" "));
    }
  }

  /** Most alike first. */
  alike(app: Pick<App, "row">, term: string): readonly Alike[] {
    if (!isTelling(term)) return [];
    const grams = trigramsOf(term);
    const asked = grams.map((gram) => `"${gram}"`).join(" OR ");
    const rows = this.#find.all(asked, app.row, CANDIDATES) as unknown as { term: string }[];
    return rows
      .map((row) => ({ term: row.term, similarity: dice(grams, trigramsOf(row.term)) }))
      .filter(({ similarity }) => similarity >= SIMILARITY_MIN)
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, ALIKE_MAX);
  }
}

// Numbers that differ are different numbers.
function isTelling(term: string): boolean {
  return term.length >= LENGTH_MIN && !/^\d+$/.test(term);
}

/** "cat" -> "00c", "0ca", "cat", "at0", each once. The ends count: beginnings are seldom misread. */
function trigramsOf(term: string): readonly string[] {
  const framed = `00${term}0`;
  return [...new Set([...framed].slice(2).map((_, i) => framed.slice(i, i + 3)))];
}

function dice(a: readonly string[], b: readonly string[]): number {
  const common = a.filter((gram) => b.includes(gram)).length;
  return (2 * common) / (a.length + b.length);
}
