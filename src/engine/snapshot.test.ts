import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { random32, randomVectors } from "../../bench/vectors.ts";
import { ExactIndex } from "./nearest.ts";
import { ScanPool } from "./scan-pool.ts";
import { loadSnapshot, saveSnapshot } from "./snapshot.ts";

const ROWS = 20_000;
let pool: ScanPool;
let folder: string;
let vectors: Float32Array;

beforeAll(async () => {
  pool = await ScanPool.open(2);
  folder = await mkdtemp(join(tmpdir(), "semblance-snapshot-"));
  vectors = randomVectors(ROWS, 100, 1);
});
afterAll(async () => {
  await pool.close();
  await rm(folder, { recursive: true });
});

function openIndex(dim = 100): ExactIndex {
  return new ExactIndex({
    pool,
    dim,
    readVectors: (rows) => {
      const read = new Float32Array(rows.length * dim);
      rows.forEach((row, i) => {
        read.set(vectors.subarray((row - 1) * dim, row * dim), i * dim);
      });
      return read;
    },
  });
}

function filledIndex(rows = ROWS): ExactIndex {
  const index = openIndex();
  index.add(
    Array.from({ length: rows }, (_, i) => i + 1),
    vectors.subarray(0, rows * 100),
  );
  return index;
}

async function savedFile(name: string): Promise<string> {
  const file = join(folder, name);
  const index = filledIndex(1000);
  await saveSnapshot(file, index, "app/model");
  index.close();
  return file;
}

async function isLoaded(file: string, dim = 100, space = "app/model"): Promise<boolean> {
  const used = pool.heap.usedBytes;
  const index = openIndex(dim);
  const result = await loadSnapshot(file, index, space);
  expect(index.size).toBe(result ? 1000 : 0);
  index.close();
  expect(pool.heap.usedBytes).toBe(used);
  return result;
}

test("answers as before after a round trip, and takes more rows", async () => {
  const file = join(folder, "round");
  const saved = filledIndex(ROWS - 1);
  const next = random32(2);
  saved.delete([...saved.rows()].filter(() => next() % 9 === 0));
  saved.delete([ROWS - 1]);
  await saveSnapshot(file, saved, "app/model");
  const loaded = openIndex();
  expect(await loadSnapshot(file, loaded, "app/model")).toBe(true);
  const query = randomVectors(1, 100, 3);
  expect(loaded.rows()).toEqual(saved.rows());
  expect(loaded.lastRow).toBe(ROWS - 1);
  expect(await loaded.nearest(query, 6000)).toEqual(await saved.nearest(query, 6000));
  loaded.add([ROWS], vectors.subarray((ROWS - 1) * 100));
  const own = await loaded.nearest(vectors.slice((ROWS - 1) * 100), 1);
  expect(own.neighbours[0]?.row).toBe(ROWS);
  saved.close();
  loaded.close();
});

test("keeps an empty index and its last row", async () => {
  const file = join(folder, "empty");
  const saved = filledIndex(10);
  saved.delete([...saved.rows()]);
  await saveSnapshot(file, saved, "app/model");
  const loaded = openIndex();
  expect(await loadSnapshot(file, loaded, "app/model")).toBe(true);
  expect(loaded.size).toBe(0);
  expect(loaded.lastRow).toBe(10);
  saved.close();
  loaded.close();
});

test("saves what was there when it began, while rows come and go", async () => {
  const file = join(folder, "busy");
  const index = filledIndex(10_000);
  const rows = index.rows();
  const saving = saveSnapshot(file, index, "app/model");
  index.delete([...rows].filter((row) => row % 2 === 0));
  index.add([10_001], vectors.subarray(0, 100));
  await saving;
  const loaded = openIndex();
  expect(await loadSnapshot(file, loaded, "app/model")).toBe(true);
  expect(loaded.rows()).toEqual(rows);
  index.close();
  loaded.close();
});

test("loads its own file but not that of another dim or space, nor a missing one", async () => {
  const file = await savedFile("other");
  expect(await isLoaded(file)).toBe(true);
  expect(await isLoaded(file, 101)).toBe(false);
  expect(await isLoaded(file, 112)).toBe(false);
  expect(await isLoaded(file, 100, "app/model2")).toBe(false);
  expect(await isLoaded(file, 100, "app/mode")).toBe(false);
  expect(await isLoaded(join(folder, "missing"))).toBe(false);
  expect(await isLoaded(folder)).toBe(false);
});

test("refuses a file with any byte changed", async () => {
  const file = await savedFile("damaged");
  const good = await readFile(file);
  const next = random32(4);
  const places = [0, 8, 12, 24, 32, 40, 64, 70, good.length - 1];
  for (let i = 0; i < 40; i++) places.push(next() % good.length);
  for (const place of places) {
    const bad = Buffer.from(good);
    bad[place]! ^= 1 << (next() % 8);
    await writeFile(file, bad);
    expect(await isLoaded(file)).toBe(false);
  }
});

test("refuses a file that is cut or longer", async () => {
  const file = await savedFile("cut");
  const good = await readFile(file);
  await writeFile(file, Buffer.concat([good, good]));
  expect(await isLoaded(file)).toBe(false);
  for (const length of [good.length - 1, good.length / 2, 100, 64, 10, 0]) {
    await writeFile(file, good);
    await truncate(file, length);
    expect(await isLoaded(file)).toBe(false);
  }
});

test("leaves no temporary file and the old snapshot when saving fails", async () => {
  const index = filledIndex(10);
  const missing = join(folder, "no-such-folder", "file");
  await expect(saveSnapshot(missing, index, "app/model")).rejects.toMatchObject({
    code: "internal",
  });
  expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  index.close();
});

test("fills only an empty index", async () => {
  const file = await savedFile("full");
  const index = filledIndex(10);
  await expect(loadSnapshot(file, index, "app/model")).rejects.toThrow(/Expected an empty index/);
  index.close();
});
