// Wires the engine: lock -> store, model -> index -> queue and search. The only place that knows all parts.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import { Activities } from "./activities.ts";
import { type BlobStore, openFolderBlobs } from "./blobs.ts";
import type { Concepts } from "./concepts.ts";
import { Encoders } from "./encoders.ts";
import type { App, Engine, Input, Picture } from "./engine.ts";
import { Examples } from "./examples.ts";
import { backfillFacts } from "./facts/backfill.ts";
import { Downloads } from "./fetch/downloads.ts";
import { createFetchImage, type FetchImage } from "./fetch/fetch-image.ts";
import { findConcepts } from "./find-concepts.ts";
import { Gate } from "./gate.ts";
import { Ingest } from "./ingest.ts";
import { takeInputs, takeUpload } from "./intake.ts";
import { aboutBulk, planBulk, runBulk } from "./library/bulk.ts";
import { removeAllInputs, removeApp, removeInputs, requireRemovable } from "./library/removal.ts";
import { type Lock, lockFolder } from "./lock.ts";
import { Objects } from "./objects/objects.ts";
import { readOriginal } from "./originals.ts";
import { takePaths } from "./path-intake.ts";
import { Reader } from "./reading/reader.ts";
import { keepReading } from "./reading/reading-stage.ts";
import { reindex } from "./reindex.ts";
import { ScanPool } from "./scan-pool.ts";
import { checkFilters } from "./search.ts";
import { Spaces } from "./spaces/spaces.ts";
import { createStatus } from "./status.ts";
import { Store } from "./store.ts";
import { suggestConcepts } from "./suggest-concepts.ts";
import { Thread } from "./thread.ts";
import { thumbnailKey } from "./thumbnail.ts";
import { Turns } from "./turns.ts";
import { keepWords } from "./words/keep-words.ts";

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
  readonly config: Pick<
    Config,
    "data" | "model" | "detector" | "embedded" | "threads" | "device" | "urlAllow" | "urlMirror"
  >;
  /** Told about failures that no caller sees: a full disk while indexing, a dead worker. */
  readonly onError: (error: AppError) => void;
  /** Whether to find out how the encoder is fastest on this machine, if it is not known: seconds of work in the background.
   *  Default: no. */
  readonly measures?: boolean;
  /** Whether text in pictures is read in the background. Default: no. */
  readonly reads?: boolean;
  /** Takes the place of the folder's own blob store. */
  readonly blobs?: BlobStore;
  /** Takes the place of the network. */
  readonly fetchImage?: FetchImage;
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
  const store = Store.open(config.data);
  const blobs = options.blobs ?? (await openFolderBlobs(join(config.data, "blobs")));
  const { userId, id } = DEFAULT_APP;
  const defaultApp =
    (await store.apps.get(userId, id)) ?? (await store.apps.create(userId, { id }));
  const pool = await ScanPool.open(config.threads);
  const codecs = new Thread("codec-worker");
  const fetchImage = options.fetchImage ?? createFetchImage(config);
  const originals = { store, blobs, turns: new Turns() };
  const activities = new Activities(onError);
  const examples = new Examples({ ...originals, codecs });
  const readExample = (app: App, exampleId: string) => examples.read(app, exampleId);
  const gate = new Gate(() => ingest.wake());
  const { data, threads, device } = config;
  const measures = options.measures ?? false;
  const encoding = { data, threads, device, measures };
  const parts = { ...originals, ...encoding, pool, codecs, activities, gate, onError };
  const choice = { asked: config.model, embedded: config.embedded };
  const spaces = await Spaces.open({ ...parts, fetchImage, readExample }, choice);
  store.concepts.nameOf = createNameOf(spaces);
  const ingest = new Ingest({ ...parts, spaces });
  const downloads = new Downloads({
    ...parts,
    ...{ fetchImage, indexes: spaces },
    onKept: () => ingest.wake(),
  });
  const intake = {
    ...originals,
    wake: () => [ingest, downloads].forEach((each) => void each.wake()),
  };
  const closing = new AbortController();
  const backfill = backfillFacts({ ...parts }, closing.signal).catch(onError);
  const reader = options.reads ? await openReader(threads, onError) : undefined;
  const readingParts = { ...parts, isAsked: () => spaces.isAsked() };
  const reading = reader && keepReading(readingParts, reader, closing.signal);
  const words = keepWords(store.words, onError, closing.signal);
  const objects = await Objects.open({ ...parts, spaces }, config.detector);
  const removal = { ...originals, downloads, indexes: spaces, examples };
  const sources = async () => {
    const { models, concepts } = spaces.current;
    return { models, concepts: store.concepts, vocabulary: await concepts };
  };
  // Loads the snapshot now rather than in the first search.
  spaces.current.indexes.of(defaultApp).catch(onError);

  const engine: Engine & { readonly lock: Lock } = {
    lock,
    pin: () => ({ ...engine }), // copies what the getters say now
    get model() {
      const { encoder } = spaces.current;
      return { name: encoder.model.name, dim: encoder.dim, device: encoder.device };
    },
    get models() {
      return spaces.current.models;
    },
    get predict() {
      return spaces.current.predict;
    },
    get explore() {
      return spaces.current.explore;
    },
    get automaticLabels() {
      return spaces.current.automaticLabels;
    },
    suggestInputs: (app, concept, limit) => spaces.current.suggestInputs(app, concept, limit),
    encoders: new Encoders({ data, spaces, activities, env: process.env }),
    app: (user, app) => store.apps.get(user, app),
    apps: store.apps,
    datasets: store.datasets,
    concepts: store.concepts,
    annotations: store.annotations,
    records: store.records,
    jobs: store.jobs,
    examples,
    activities,
    reindex: (app) =>
      activities.running(app, "reindex") ??
      activities.start(app, "reindex", "", (report, signal) =>
        reindex({ ...parts, spaces }, app, report, signal),
      ),
    readings: (inputs) => store.readings.of(inputs),
    countUnread: (app) => (reader ? store.readings.countDue(app) : Promise.resolve(0)),
    readAgain: (app) => store.readings.again(app),
    status: createStatus({ store, blobs, folder: data, dim: () => spaces.current.encoder.dim }),
    deleteApp: async (app) => {
      requireRemovable(app, DEFAULT_APP.id);
      await activities.cancelAll(app);
      await removeApp(removal, app, DEFAULT_APP.id);
    },
    addInputs: (app, inputs, how) => takeInputs(intake, app, inputs, how),
    addUpload: (app, file, name, signal, settings) =>
      takeUpload(intake, app, file, name, signal, settings),
    addPaths: (app, paths, signal) => takePaths(intake, app, paths, signal),
    input: (app, inputId) => store.input(app, inputId),
    inputs: (app, page) => store.inputs(app, page),
    countInputs: (app) => store.countInputs(app),
    deleteInputs: (app, ids) => removeInputs(removal, app, ids),
    deleteAllInputs: (app) => removeAllInputs(removal, app),
    retryInputs: async (app, ids) => {
      const count = await store.queue.retry(app, ids);
      if (count === 0) return 0;
      downloads.startOver();
      void ingest.wake();
      return count;
    },
    predictions: async (inputs) => {
      const { space, concepts } = spaces.current;
      const [stored, vocabulary] = await Promise.all([store.predictions(inputs, space), concepts]);
      return new Map([...stored].map(([row, values]) => [row, vocabulary.named(values)]));
    },
    objects,
    search: async (app, request, signal) => {
      spaces.asked();
      await objects.check(app, request);
      return spaces.current.search.search(app, request, signal);
    },
    searchIds: async (app, request, signal) => {
      spaces.asked();
      await objects.check(app, request);
      return spaces.current.search.ids(app, request, signal);
    },
    facets: async (app) => objects.offered(await store.facets.of(app)),
    places: async (app, filters) => {
      checkFilters(filters);
      return store.places(app, filters);
    },
    changeInputs: async (app, ids, change) => {
      const deleteInputs = (of: App, some: readonly string[]) => removeInputs(removal, of, some);
      const step = await planBulk({ store, deleteInputs }, app, change);
      const kind = change.kind === "delete" ? "bulk-delete" : "bulk-change";
      return activities.start(app, kind, aboutBulk(change), (report, signal) =>
        runBulk([...new Set(ids)], step, report, signal),
      );
    },
    suggestConcepts: async (app, prefix, limit, languages) =>
      suggestConcepts(await sources(), app, prefix, limit, languages),
    inLanguage: async (concepts, language) => {
      const vocabulary = await spaces.current.concepts;
      return concepts.map((concept) => vocabulary.inLanguage(concept, language));
    },
    baseConcept: async (conceptId) => (await spaces.current.concepts).withId(conceptId),
    findConcepts: async (app, pattern, limit, language) =>
      findConcepts(await sources(), app, pattern, limit, language),
    fetchImage,
    thumbnail: async (app, inputId) => readThumbnail(blobs, app, await store.input(app, inputId)),
    original: async (app, inputId) => originalPicture(blobs, app, await store.input(app, inputId)),
    async close() {
      closing.abort();
      try {
        await Promise.all([backfill, words, reading, objects.close()]);
        await reader?.close();
        // Training that is stopped by closing goes on at the next start, cancelled training does not; nor does a switch.
        await spaces.stop();
        await activities.close();
        await downloads.close();
        await ingest.close();
        await spaces.close();
      } finally {
        await Promise.all([pool.close(), codecs.close()]);
        store.close();
        lock.release();
      }
    },
  };
  return engine;
}

// Everything else works without it.
async function openReader(
  threads: number,
  onError: (error: AppError) => void,
): Promise<Reader | undefined> {
  try {
    return await Reader.open({ threads });
  } catch (cause) {
    onError(AppError.from(cause));
    return undefined;
  }
}

// The vocabulary names concepts that an app has not met yet: once it is there, and whichever model is in use.
function createNameOf(spaces: Spaces): (conceptId: string) => string | undefined {
  let vocabulary: Concepts | undefined;
  spaces.current.concepts.then(
    (concepts) => {
      vocabulary = concepts;
    },
    () => undefined,
  );
  return (conceptId) => vocabulary?.withId(conceptId)?.name;
}

async function readThumbnail(
  blobs: BlobStore,
  app: App,
  input: Input | undefined,
): Promise<Picture | undefined> {
  const bytes = input && (await blobs.get(thumbnailKey(app.row, input.row)));
  return bytes && { bytes, mediaType: "image/jpeg" };
}

async function originalPicture(
  blobs: BlobStore,
  app: App,
  input: Input | undefined,
): Promise<Picture | undefined> {
  if (!input?.format) return undefined;
  const bytes = await readOriginal(blobs, app, input);
  return bytes && { bytes, mediaType: MEDIA_TYPES[input.format] ?? "application/octet-stream" };
}
