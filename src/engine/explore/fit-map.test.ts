// Maps of collections that change while they are read.
import { join } from "node:path";
import type { DatabaseSyncInstance } from "@photostructure/sqlite";
import { expect, onTestFinished, test } from "vitest";
import { randomVectors } from "../../../bench/vectors.ts";
import { temporaryFolder } from "../../../test/fixtures/engine.ts";
import type { Schema } from "../schema.ts";
import { createKysely, openDatabase } from "../sqlite.ts";
import { Store } from "../store.ts";
import { Explorations } from "./explorations.ts";
import { fitMap } from "./fit-map.ts";

const DIM = 8;
const APP = { row: 1, userId: "me", id: "photos", baseWorkflow: "Universal" };

/** Explorations that let something happen before they read their next page. */
class Disturbed extends Explorations {
  readonly #before: (pages: number) => void;
  #pages = 0;

  constructor(database: DatabaseSyncInstance, before: (pages: number) => void) {
    super(database, createKysely<Schema>(database));
    this.#before = before;
  }

  override page(...given: Parameters<Explorations["page"]>) {
    this.#before(this.#pages++);
    return super.page(...given);
  }
}

/** A store with this many inputs, numbered from 1 like their vectors. */
function open(count: number): DatabaseSyncInstance {
  const folder = temporaryFolder();
  Store.open(folder).close();
  const database = openDatabase(join(folder, "semblance.db"));
  onTestFinished(() => database.close());
  database.exec(`
    INSERT INTO apps (row, user_id, id, created_ms) VALUES (1, 'me', 'photos', 0);
    INSERT INTO spaces (row, model, dim) VALUES (1, 'test', ${DIM});`);
  add(database, 1, count);
  return database;
}

function add(database: DatabaseSyncInstance, first: number, count: number): void {
  const input = database.prepare(
    `INSERT INTO inputs (row, app, id, name, size_bytes, width_px, height_px, metadata, status, allow_duplicate,
       created_ms, modified_ms)
     VALUES (?, 1, ?, '', 1, 1, 1, '{}', 'processed', 0, 0, 0)`,
  );
  const vector = database.prepare(
    "INSERT INTO vectors (app, space, input, vector) VALUES (1, 1, ?, ?)",
  );
  const vectors = randomVectors(count, DIM, first);
  database.exec("BEGIN");
  for (let i = 0; i < count; i++) {
    input.run(first + i, `${first + i}`);
    vector.run(first + i, new Uint8Array(vectors.slice(i * DIM, (i + 1) * DIM).buffer));
  }
  database.exec("COMMIT");
}

async function mapOf(database: DatabaseSyncInstance, before: (pages: number) => void) {
  const parts = { explorations: new Disturbed(database, before), space: 1, dim: DIM };
  const { signal } = new AbortController();
  return fitMap(parts, APP, () => undefined, signal);
}

const numbers = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

test("each input is on the map once, though some are deleted and some indexed again between", async () => {
  const database = open(4100);
  let pages = 0;
  const { points, lastVector } = await mapOf(database, (page) => {
    pages = page;
    if (page !== 10) return; // the first page of the second reading
    database.exec(`
      DELETE FROM inputs WHERE row IN (2, 4, 6);
      INSERT INTO vectors (app, space, input, vector)
      SELECT app, space, input, vector FROM vectors WHERE row BETWEEN 7 AND 107 ORDER BY row;
      DELETE FROM vectors WHERE row BETWEEN 7 AND 107;`);
  });
  expect(pages).toBeGreaterThan(10);
  expect([...points.inputs].filter((row) => row > 6)).toEqual(numbers(7, 4100));
  expect(lastVector).toBe(4201);
});

test("inputs that come meanwhile crowd none out", async () => {
  const database = open(600);
  const { points, lastVector } = await mapOf(database, (page) => {
    if (page === 0) add(database, 601, 10);
  });
  expect([...points.inputs]).toEqual(numbers(1, 610));
  expect(lastVector).toBe(610);
});
