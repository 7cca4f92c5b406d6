// A folder of pictures with labels and captions as an encoder sees it: what all parts of an evaluation look at.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFolderBlobs } from "../../src/engine/blobs.ts";
import { type Calibration, readCalibration } from "../../src/engine/calibration.ts";
import { Concepts } from "../../src/engine/concepts.ts";
import { decode } from "../../src/engine/decode.ts";
import { Encoder } from "../../src/engine/encode.ts";
import type { App } from "../../src/engine/engine.ts";
import { Indexes } from "../../src/engine/indexes.ts";
import type { Model } from "../../src/engine/model.ts";
import type { Rank } from "../../src/engine/query.ts";
import { ScanPool } from "../../src/engine/scan-pool.ts";
import { Search } from "../../src/engine/search.ts";
import { Store } from "../../src/engine/store.ts";
import { Thread } from "../../src/engine/thread.ts";
import type { Photo } from "../photos.ts";

const BATCH = 16;

export type Evaluated = {
  readonly model: Model;
  /** CPU threads. */
  readonly threads: number;
  readonly photos: readonly Photo[];
  /** [photos, dim] f32, unit rows. */
  readonly images: Float32Array;
  readonly dim: number;
  readonly calibration: Calibration;
  readonly concepts: Concepts;
  /** Numbers of photos that have a label which is a concept of the vocabulary, by its index there. */
  readonly labels: ReadonlyMap<number, ReadonlySet<number>>;
  encodeTexts(texts: readonly string[]): Promise<Float32Array>;
  /** [pictures, dim] f32, unit rows. */
  encodePictures(pictures: readonly Photo[]): Promise<Float32Array>;
  /** The numbers of all photos as the search ranks them, best first, with how many are good matches. `written`: what is
   *  kept with each photo. */
  collection(written: (photo: Photo) => Written): Promise<Collection>;
  close(): Promise<void>;
};

type Written = { readonly name: string; readonly caption?: string; readonly read?: string };
export type Collection = {
  /** `limit`: by default all. */
  rank(
    ranks: Rank | readonly Rank[],
    limit?: number,
  ): Promise<{ readonly order: readonly number[]; readonly relevant: number; readonly ms: number }>;
};

export async function evaluate(
  model: Model,
  photos: readonly Photo[],
  threads: number,
): Promise<Evaluated> {
  const encoder = await Encoder.open(model, threads);
  const codecs = new Thread("codec-worker");
  const pool = await ScanPool.open(threads);
  const folder = mkdtempSync(join(tmpdir(), "semblance-eval-"));
  const calibration = await readCalibration(model);
  const blobs = await openFolderBlobs(folder);
  const concepts = await Concepts.open(encoder, calibration, pool, blobs);
  const images = await encodePhotos(encoder, codecs, photos);
  const store = Store.open(folder);
  const { row: space } = await store.spaces.of({
    model: "eval",
    dim: encoder.dim,
    name: "",
    folder,
  });
  const indexes = new Indexes(
    join(folder, "index"),
    store.vectors,
    pool,
    space,
    encoder.dim,
    (error) => {
      throw error;
    },
  );
  const search = new Search({
    ...{ store, indexes, objectIndexes: indexes, space, codecs, encoder, calibration },
    concepts: Promise.resolve(concepts),
    models: { trained: async () => [], fromLabels: async () => undefined },
    fetchImage: async () => new Uint8Array(),
    readExample: async () => new Uint8Array(),
  });
  let apps = 0;
  return {
    ...{ model, threads, photos, images, dim: encoder.dim, calibration, concepts },
    labels: labelsOf(photos, concepts),
    encodeTexts: (texts) => encoder.encodeTexts(texts),
    encodePictures: (pictures) => encodePhotos(encoder, codecs, pictures),
    async collection(written) {
      const app = await store.apps.create("eval", { id: `collection-${apps++}` });
      const rows = await fill({ store, indexes, space, concepts }, app, photos, images, written);
      return { rank: (rank, limit) => rankAll(search, app, rows, rank, limit) };
    },
    async close() {
      await indexes.close();
      await Promise.all([pool.close(), codecs.close(), encoder.close()]);
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function encodePhotos(
  encoder: Encoder,
  codecs: Thread,
  photos: readonly Photo[],
): Promise<Float32Array> {
  const embeddings = new Float32Array(photos.length * encoder.dim);
  for (let start = 0; start < photos.length; start += BATCH) {
    const batch = photos.slice(start, start + BATCH);
    const pictures = await Promise.all(
      batch.map(({ file, bytes }) => decode(bytes ?? readFileSync(file), codecs)),
    );
    embeddings.set(await encoder.encodeImages(pictures), start * encoder.dim);
  }
  return embeddings;
}

function labelsOf(
  photos: readonly Photo[],
  concepts: Concepts,
): ReadonlyMap<number, ReadonlySet<number>> {
  const labels = new Map<number, Set<number>>();
  photos.forEach(({ label }, i) => {
    const concept = label ? concepts.find(label) : undefined;
    if (concept === undefined) return;
    labels.set(concept, (labels.get(concept) ?? new Set()).add(i));
  });
  return labels;
}

type Filled = {
  readonly store: Store;
  readonly indexes: Indexes;
  readonly space: number;
  readonly concepts: Concepts;
};

/** Rows of the inputs with the numbers of their photos. */
async function fill(
  { store, indexes, space, concepts }: Filled,
  app: App,
  photos: readonly Photo[],
  images: Float32Array,
  written: (photo: Photo) => Written,
): Promise<ReadonlyMap<number, number>> {
  const dim = images.length / photos.length;
  const inputs = await store.queue.add(
    app,
    photos.map((photo, i) => {
      const { name, caption } = written(photo);
      const metadata = JSON.stringify(caption === undefined ? {} : { caption });
      return { id: String(i), name, metadata, size_bytes: 1 };
    }),
  );
  const about = { sha256: "", sizeBytes: 1, widthPx: 1, heightPx: 1, format: "jpeg" };
  const processed = await Promise.all(
    inputs.map(async (input, i) => {
      const vector = images.slice(i * dim, (i + 1) * dim);
      return {
        ...about,
        input,
        encoded: [{ space, vector, predictions: await concepts.predict(vector) }],
      };
    }),
  );
  await indexes.apply(await store.queue.complete(processed));
  const read = photos.flatMap((photo, i) => {
    const text = written(photo).read;
    return text === undefined ? [] : [{ input: inputs[i]!.row, lines: [toLine(text)] }];
  });
  await store.readings.save(read, 1);
  await store.words.catchUp(photos.length);
  return new Map(inputs.map(({ row }, i) => [row, i]));
}

function toLine(text: string) {
  return { text, confidence: 1, corners: [], box: { left: 0, top: 0, right: 1, bottom: 1 } };
}

async function rankAll(
  search: Search,
  app: App,
  rows: ReadonlyMap<number, number>,
  rank: Rank | readonly Rank[],
  limit = rows.size,
): ReturnType<Collection["rank"]> {
  const request = { ranks: [rank].flat(), filters: [], offset: 0, limit };
  const start = performance.now();
  const { hits, relevant = 0 } = await search.search(app, request);
  const ms = performance.now() - start;
  return { order: hits.map(({ input }) => rows.get(input.row)!), relevant, ms };
}
