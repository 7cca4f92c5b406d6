// One exact index per app over the vectors of its inputs, or of the objects in them, in step with the store: loaded on first
// use from a snapshot and the rows that came or went since, saved on close and after many changes.
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../errors.ts";
import type { App } from "./engine.ts";
import { ExactIndex } from "./nearest.ts";
import type { WrittenVector } from "./queue.ts";
import type { ScanPool } from "./scan-pool.ts";
import { loadSnapshot, saveSnapshot } from "./snapshot.ts";
import type { Vectors } from "./vectors.ts";

/** Vectors read from the store at once while an index is built. */
const BUILD_CHUNK = 4096;
/** Changes after which a snapshot is worth writing while running. */
const SAVE_AFTER = 50_000;

type StoredVectors = Pick<Vectors, "read" | "rows">;
type Opened = { readonly index: ExactIndex; unsaved: number };

export class Indexes {
  readonly #folder: string;
  readonly #vectors: StoredVectors;
  readonly #pool: ScanPool;
  readonly #space: number;
  readonly #dim: number;
  readonly #onError: (error: AppError) => void;
  readonly #opened = new Map<number, Promise<Opened>>();

  /** `space` and `dim`: of the model in use. `folder`: for snapshots. `onError`: told when one cannot be
   *  written, which costs the next start some time and nothing else. */
  constructor(
    folder: string,
    vectors: StoredVectors,
    pool: ScanPool,
    space: number,
    dim: number,
    onError: (error: AppError) => void,
  ) {
    this.#onError = onError;
    this.#folder = folder;
    this.#vectors = vectors;
    this.#pool = pool;
    this.#space = space;
    this.#dim = dim;
  }

  async of(app: Pick<App, "row">): Promise<ExactIndex> {
    return (await this.#open(app.row)).index;
  }

  /** Makes stored vectors of this space searchable; when it returns, every later search sees them. */
  async apply(written: readonly WrittenVector[]): Promise<void> {
    for (const app of new Set(written.map((vector) => vector.app))) {
      const opened = await this.#open(app);
      const own = written.filter((vector) => vector.app === app);
      // An index that was opened after the commit has read these rows from the store already.
      const fresh = own.filter(({ row }) => row > opened.index.matrix.lastRow);
      const vectors = new Float32Array(fresh.length * this.#dim);
      fresh.forEach(({ vector }, i) => {
        vectors.set(vector, i * this.#dim);
      });
      opened.index.delete(own.flatMap(({ replaced }) => replaced));
      opened.index.add(
        fresh.map(({ row }) => row),
        vectors,
      );
      await this.#changed(app, opened, own.length);
    }
  }

  async remove(app: Pick<App, "row">, vectorRows: readonly number[]): Promise<void> {
    const opened = await this.#open(app.row);
    opened.index.delete(vectorRows);
    await this.#changed(app.row, opened, vectorRows.length);
  }

  /** Frees the index of an app that is gone, with its snapshot. */
  async forget(app: Pick<App, "row">): Promise<void> {
    const opening = this.#opened.get(app.row);
    this.#opened.delete(app.row);
    const opened = await opening?.catch(() => undefined);
    opened?.index.close();
    await rm(this.#file(app.row), { force: true });
  }

  /** Saves what changed and frees all memory. */
  async close(): Promise<void> {
    for (const [app, opening] of this.#opened) {
      const opened = await opening.catch(() => undefined);
      if (opened && opened.unsaved > 0) await this.#save(app, opened);
      opened?.index.close();
    }
    this.#opened.clear();
  }

  #open(app: number): Promise<Opened> {
    const known = this.#opened.get(app);
    if (known) return known;
    const opening = this.#load(app);
    this.#opened.set(app, opening);
    opening.catch(() => this.#opened.delete(app));
    return opening;
  }

  async #load(app: number): Promise<Opened> {
    const index = new ExactIndex({
      pool: this.#pool,
      dim: this.#dim,
      readVectors: (rows) => this.#vectors.read(rows, this.#dim),
    });
    await loadSnapshot(this.#file(app), index, this.#spaceId(app));
    const stored = this.#vectors.rows(app, this.#space);
    const gone = missing(index.matrix.liveRows(), stored);
    index.delete(gone);
    const fresh = stored.filter((row) => row > index.matrix.lastRow);
    for (let start = 0; start < fresh.length; start += BUILD_CHUNK) {
      const rows = [...fresh.subarray(start, start + BUILD_CHUNK)];
      index.add(rows, this.#vectors.read(rows, this.#dim));
      await new Promise(setImmediate); // other requests go on while a large index is built
    }
    return { index, unsaved: gone.length + fresh.length };
  }

  async #changed(app: number, opened: Opened, count: number): Promise<void> {
    opened.unsaved += count;
    if (opened.unsaved >= SAVE_AFTER) await this.#save(app, opened);
  }

  async #save(app: number, opened: Opened): Promise<void> {
    opened.unsaved = 0;
    try {
      await mkdir(this.#folder, { recursive: true });
      await saveSnapshot(this.#file(app), opened.index, this.#spaceId(app));
    } catch (cause) {
      this.#onError(AppError.from(cause));
    }
  }

  #file(app: number): string {
    return join(this.#folder, `${app}-${this.#space}.index`);
  }

  #spaceId(app: number): string {
    return `${app}/${this.#space}/${this.#dim}`;
  }
}

// Rows of the index that the store no longer has. Both ascending.
function missing(indexed: Float64Array, stored: Float64Array): number[] {
  const gone: number[] = [];
  let at = 0;
  for (const row of indexed) {
    while (at < stored.length && stored[at]! < row) at++;
    if (stored[at] !== row) gone.push(row);
  }
  return gone;
}
