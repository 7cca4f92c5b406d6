// The engine as its doors see it: one object that owns the data folder, the model and the index.
import type { ErrorCode } from "../errors.ts";

/** One isolated collection. `row` is its key in the store; doors get it from `Engine.app`. */
export type App = { readonly row: number; readonly userId: string; readonly id: string };

/** "duplicate": a file indexed in place whose bytes another input already has; never a search result. */
export type InputStatus = "pending" | "processed" | "failed" | "duplicate";

/** One image that a user gave us, whatever became of it. */
export type Input = {
  readonly row: number;
  readonly id: string;
  readonly status: InputStatus;
  /** Why it is not searchable, for people; null unless status is "failed" or "duplicate". */
  readonly failure: { readonly code: ErrorCode; readonly message: string } | null;
  /** File name or path relative to the folder or archive it came from; "" if none was given. */
  readonly name: string;
  /** Absolute path when the file is indexed in place; null when we keep the bytes. */
  readonly path: string | null;
  /** SHA-256 of the encoded bytes, hex; null until they were read. */
  readonly sha256: string | null;
  readonly sizeBytes: number;
  /** Size after EXIF orientation; 0 until decoded. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** "jpeg", "png", "heif" ...; null until decoded. */
  readonly format: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
};

/** A concept of the vocabulary. `id` is stable ("ai_" + 8 characters from its name). */
export type Concept = { readonly id: string; readonly name: string };

/** `value` 0..1, greater is surer. */
export type Prediction = Concept & { readonly value: number };

/** Bytes to index. `id`: unique in the app, generated when absent. */
export type NewInput = {
  readonly id?: string;
  readonly bytes: Uint8Array;
  readonly name?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Index it even if the same bytes are already there. Default false. */
  readonly allowDuplicate?: boolean;
};

/** What ranks: each is one query vector; several are added with their weights (negative: less like it). */
export type Rank = { readonly weight: number } & (
  | { readonly kind: "image"; readonly bytes: Uint8Array }
  | { readonly kind: "input"; readonly inputId: string }
  | { readonly kind: "concept"; readonly concept: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "vector"; readonly vector: Float32Array }
);

/** What restricts. Filters are ANDed; values inside one are ORed. */
export type Filter =
  | { readonly kind: "ids"; readonly ids: readonly string[] }
  | { readonly kind: "status"; readonly statuses: readonly InputStatus[] };

/** A search. Without ranks: newest first, score 1. */
export type SearchRequest = {
  readonly ranks: readonly Rank[];
  readonly filters: readonly Filter[];
  /** Hits below this score (0..1) are left out. Default 0. */
  readonly minScore?: number;
  readonly offset: number;
  readonly limit: number;
};

/** `score` 0..1, greater is nearer; ties break by id. */
export type Hit = { readonly input: Input; readonly score: number };

/** `total` counts every match, not only this page. */
export type SearchResult = { readonly hits: readonly Hit[]; readonly total: number };

/** Bytes with their media type, for the browser. */
export type Picture = { readonly bytes: Uint8Array; readonly mediaType: string };

export type Engine = {
  /** The app with these ids, or undefined. The default app is user "me", app "photos". */
  app(userId: string, appId: string): Promise<App | undefined>;

  /** Takes inputs into the queue; one result per given input, in order: the pending input, or why not.
   *  Returns when they are stored durably, not when they are searchable. */
  addInputs(app: App, inputs: readonly NewInput[]): Promise<readonly (Input | Error)[]>;
  /** Takes one uploaded file (image or zip archive) at `file`, which it moves or deletes.
   *  An archive yields one result per image in it. */
  addUpload(
    app: App,
    file: string,
    name: string,
    signal?: AbortSignal,
  ): Promise<readonly (Input | Error)[]>;
  /** Queues files and folders (recursive) of this machine, indexed in place. */
  addPaths(
    app: App,
    paths: readonly string[],
    signal?: AbortSignal,
  ): Promise<{ queued: number; unchanged: number; again: Readonly<Record<InputStatus, number>> }>;

  input(app: App, id: string): Promise<Input | undefined>;
  /** Oldest first, or newest first. */
  inputs(
    app: App,
    page: {
      offset: number;
      limit: number;
      newestFirst?: boolean;
      statuses?: readonly InputStatus[];
      ids?: readonly string[];
    },
  ): Promise<readonly Input[]>;
  countInputs(app: App): Promise<Readonly<Record<InputStatus, number>>>;
  /** Deletes inputs with their vectors, thumbnails and kept bytes; returns how many existed. Files indexed in place stay. */
  deleteInputs(app: App, ids: readonly string[]): Promise<number>;
  deleteAllInputs(app: App): Promise<number>;
  /** Predicted concepts of inputs, highest value first (20 each), by input row. */
  predictions(inputs: readonly Input[]): Promise<ReadonlyMap<number, readonly Prediction[]>>;

  search(app: App, request: SearchRequest, signal?: AbortSignal): Promise<SearchResult>;
  /** Concepts whose name matches `pattern` ("*" matches anything; without one, a prefix), best first. */
  findConcepts(app: App, pattern: string, limit: number): Promise<readonly Concept[]>;

  /** JPEG, longest side 512 px, upright. Undefined until processed. */
  thumbnail(app: App, id: string): Promise<Picture | undefined>;
  /** The file as it was given. */
  original(app: App, id: string): Promise<Picture | undefined>;
  /** Encodes and ranks nothing: the model's name and vector length. */
  readonly model: { readonly name: string; readonly dim: number };
  /** Finishes running work, saves the index snapshot, closes everything. */
  close(): Promise<void>;
};
