// Wires the engine: lock -> store, model -> index -> queue and search. The only place that knows all parts.
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import type { Config } from "../config.ts";
import type { AppError } from "../errors.ts";
import { type BlobStore, openFolderBlobs } from "./blobs.ts";
import { Concepts } from "./concepts.ts";
import { Encoder } from "./encode.ts";
import type { App, Engine, Input, Picture } from "./engine.ts";
import { Indexes } from "./indexes.ts";
import { Ingest } from "./ingest.ts";
import { originalKey, takeInputs, takePaths, takeUpload } from "./intake.ts";
import { type Lock, lockFolder } from "./lock.ts";
import { readModel } from "./model.ts";
import { ScanPool } from "./scan-pool.ts";
import { Search } from "./search.ts";
import { Store } from "./store.ts";
import { Thread } from "./thread.ts";
import { thumbnailKey } from "./thumbnail.ts";

/** The app that exists from the start. */
export const DEFAULT_APP = { userId: "me", id: "photos" } as const;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  tiff: "image/tiff",
  bmp: "image/bmp",
  avif: "image/avif",
  heif: "image/heic",
};

export type EngineOptions = {
  readonly config: Pick<Config, "data" | "model" | "threads">;
  /** Told about failures that no caller sees: a full disk while indexing, a dead worker. */
  readonly onError: (error: AppError) => void;
  /** Takes the place of the folder's own blob store. */
  readonly blobs?: BlobStore;
};

/** Opens a data folder, made if it is missing. Resumes indexing where it stopped.
 *  @throws AppError "data_folder_busy", "model_unavailable" */
export async function openEngine(
  options: EngineOptions,
): Promise<Engine & { readonly lock: Lock }> {
  const { config, onError } = options;
  await mkdir(config.data, { recursive: true, mode: 0o700 });
  const lock = lockFolder(config.data);
  try {
    return await openLocked(options, lock, onError);
  } catch (cause) {
    lock.release();
    throw cause;
  }
}

async function openLocked(
  { config, ...options }: EngineOptions,
  lock: Lock,
  onError: (error: AppError) => void,
): Promise<Engine & { readonly lock: Lock }> {
  // One image per thread is faster than one image on all threads, and bounds memory.
  sharp.concurrency(1);
  sharp.cache(false);
  const encoder = await Encoder.open(await readModel(config.model), config.threads);
  const store = Store.open(config.data);
  const blobs = options.blobs ?? (await openFolderBlobs(join(config.data, "blobs")));
  const space = await store.vectors.space(encoder.model.id, encoder.dim);
  await store.queue.requeueUnindexed(space);
  const { userId, id } = DEFAULT_APP;
  const defaultApp = (await store.app(userId, id)) ?? (await store.createApp(userId, id));
  const pool = await ScanPool.open(config.threads);
  const indexes = new Indexes(join(config.data, "index"), store, pool, space, encoder.dim);
  const concepts = Concepts.open(encoder, blobs, pool);
  concepts.catch(onError);
  const codecs = new Thread("codec-worker");
  const parts = { store, blobs, encoder, codecs, concepts, indexes, space };
  const ingest = new Ingest({ ...parts, threads: config.threads, onError });
  const search = new Search(parts);
  const intake = { store, blobs, wake: () => ingest.wake() };
  // Loads the snapshot now rather than in the first search.
  indexes.of(defaultApp).catch(onError);

  return {
    lock,
    model: { name: encoder.model.name, dim: encoder.dim },
    app: (user, app) => store.app(user, app),
    addInputs: (app, inputs) => takeInputs(intake, app, inputs),
    addUpload: (app, file, name, signal) => takeUpload(intake, app, file, name, signal),
    addPaths: (app, paths, signal) => takePaths(intake, app, paths, signal),
    input: (app, inputId) => store.input(app, inputId),
    inputs: (app, page) => store.inputs(app, page),
    countInputs: (app) => store.countInputs(app),
    deleteInputs: (app, ids) => removeInputs(store, blobs, indexes, app, ids),
    deleteAllInputs: (app) => removeInputs(store, blobs, indexes, app, undefined),
    predictions: async (inputs) => {
      const [stored, vocabulary] = await Promise.all([store.predictions(inputs), concepts]);
      return new Map([...stored].map(([row, values]) => [row, vocabulary.named(values)]));
    },
    search: (app, request, signal) => search.search(app, request, signal),
    findConcepts: async (_app, pattern, limit) => (await concepts).search(pattern, limit),
    thumbnail: async (app, inputId) => readThumbnail(blobs, app, await store.input(app, inputId)),
    original: async (app, inputId) => readOriginal(blobs, app, await store.input(app, inputId)),
    async close() {
      await ingest.close();
      await concepts.catch(() => undefined); // its encoder must outlive it
      await indexes.close();
      await Promise.all([pool.close(), encoder.close(), codecs.close()]);
      store.close();
      lock.release();
    },
  };
}

async function removeInputs(
  store: Store,
  blobs: BlobStore,
  indexes: Indexes,
  app: App,
  ids: readonly string[] | undefined,
): Promise<number> {
  const deleted = await store.deleteInputs(app, ids);
  await indexes.remove(app, deleted.vectorRows);
  for (const input of deleted.inputs) {
    await blobs.delete(thumbnailKey(app.row, input.row));
    const isKept = input.path === null && input.sha256 !== null;
    // Another input may have been posted with the same bytes on purpose.
    if (isKept && !(await store.hasKeptBytes(app, input.sha256))) {
      await blobs.delete(originalKey(app.row, input.sha256));
    }
  }
  return deleted.inputs.length;
}

async function readThumbnail(
  blobs: BlobStore,
  app: App,
  input: Input | undefined,
): Promise<Picture | undefined> {
  const bytes = input && (await blobs.get(thumbnailKey(app.row, input.row)));
  return bytes && { bytes, mediaType: "image/jpeg" };
}

async function readOriginal(
  blobs: BlobStore,
  app: App,
  input: Input | undefined,
): Promise<Picture | undefined> {
  if (!input?.format) return undefined;
  const bytes =
    input.path === null
      ? await blobs.get(originalKey(app.row, input.sha256 ?? ""))
      : await readFile(input.path).catch(() => undefined); // moved or deleted since
  return bytes && { bytes, mediaType: MEDIA_TYPES[input.format] ?? "application/octet-stream" };
}
