// The engine as its doors see it: one object that owns the data folder, the model and the index.
import type { ErrorCode } from "../errors.ts";
import type { Activities, Activity } from "./activities.ts";
import type { Encoders } from "./encoders.ts";
import type { Examples } from "./examples.ts";
import type { Explore } from "./explore/explore.ts";
import type { Facets } from "./filter/facets.ts";
import type { Places } from "./filter/places.ts";
import type { AutomaticLabels } from "./labelling/automatic-labels.ts";
import type { Suggestion } from "./labelling/suggestions.ts";
import type { Annotations } from "./library/annotations.ts";
import type { AppConcept, AppConcepts } from "./library/app-concepts.ts";
import type { Apps } from "./library/apps.ts";
import type { BulkChange } from "./library/bulk.ts";
import type { Datasets } from "./library/datasets.ts";
import type { Jobs } from "./library/jobs.ts";
import type { NewLabel } from "./library/labels.ts";
import type { Records } from "./library/records.ts";
import type { Objects } from "./objects/objects.ts";
import type { Place } from "./place.ts";
import type { Predict } from "./predict.ts";
import type { Filter, SearchRequest, SearchResult } from "./query.ts";
import type { KeptReading } from "./reading/readings.ts";
import type { Status } from "./status.ts";
import type { ConceptSuggestion } from "./suggest-concepts.ts";
import type { Models } from "./training/models.ts";

/** What JSON can say; the engine keeps it and does not look inside. */
export type Json = Readonly<Record<string, unknown>>;

/** One isolated collection. `row` is its key in the store; doors get it from `Engine.app`. */
export type App = {
  readonly row: number;
  readonly userId: string;
  readonly id: string;
  /** "Empty": no ranked search; "General": by image and concept; any other: by caption, too. */
  readonly baseWorkflow: string;
};

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
  readonly metadata: Json;
  /** Where it was taken; null if nobody said. */
  readonly place: Place | null;
  /** Where its bytes come from, if it was given by URL. */
  readonly url: string | null;
  /** When the camera says it was taken, its clock read as UTC. */
  readonly takenAt: Date | null;
  /** What else the camera says: see facts.ts. Empty if nothing. */
  readonly exif: Json;
  /** ThumbHash, for a blurred picture at once; null until processed. */
  readonly blur: Uint8Array | null;
  readonly createdAt: Date;
  /** When its state, labels, metadata or place changed last. */
  readonly modifiedAt: Date;
};

/** Something that can be seen in images. Ids of the vocabulary are stable: "ai_" and 8 characters. */
export type Concept = {
  readonly id: string;
  readonly name: string;
  /** Of the name, if it is not English or not known. */
  readonly language?: string;
  /** "trained": a model of the app knows it; "own": the app has it, no model does; "vocabulary": of the base
   *  workflow. */
  readonly source: "trained" | "own" | "vocabulary";
};

/** `value` 0..1, greater is surer. */
export type Prediction = Concept & { readonly value: number };

/** An image to index, as bytes or as the URL to fetch them from. `id`: unique in the app, generated when absent. */
export type NewInput = {
  readonly id?: string;
  readonly name?: string;
  readonly metadata?: Json;
  readonly place?: Place | null;
  readonly labels?: readonly NewLabel[];
  /** Ids of datasets that exist. */
  readonly datasets?: readonly string[];
  /** Index it even if the same bytes, or the same URL, are already there; "bytes": the same bytes only. Default
   *  false. */
  readonly allowDuplicate?: boolean | "bytes";
} & ({ readonly bytes: Uint8Array } | { readonly url: string });

/** What each image of an upload gets: every one of an archive, too. */
export type UploadSettings = Pick<NewInput, "labels" | "datasets" | "metadata">;

/** Bytes with their media type, for the browser. */
export type Picture = { readonly bytes: Uint8Array; readonly mediaType: string };

export type Engine = {
  /** The app with these ids, or undefined. The default app is user "me", app "photos". */
  app(userId: string, appId: string): Promise<App | undefined>;
  readonly apps: Apps;
  readonly datasets: Datasets;
  readonly concepts: AppConcepts;
  readonly annotations: Annotations;
  /** The same with the encoder of now, for work in several steps that a change of encoder must not come between. */
  pin(): Engine;
  /** These two and `explore` belong to the encoder in use. */
  readonly models: Models;
  readonly predict: Predict;
  readonly records: Records;
  readonly jobs: Jobs;
  readonly examples: Examples;
  /** Near-duplicates and the map. */
  readonly explore: Explore;
  /** What a detector finds in pictures, if there is one. */
  readonly objects: Pick<Objects, "detector" | "isAny" | "of">;
  /** Trained concepts that label inputs by themselves. */
  readonly automaticLabels: AutomaticLabels;
  /** Inputs that a yes or a no to would teach most about a concept, the most telling one first. */
  suggestInputs(app: App, concept: AppConcept, limit: number): Promise<readonly Suggestion[]>;
  /** Which encoder is in use, and the way to another. */
  readonly encoders: Encoders;
  /** Long work that runs now or ended lately. */
  readonly activities: Activities;
  /** Encodes all that is processed again, as an activity: the one that runs, if there is one. Its result: Reindexed. */
  reindex(app: App): Activity;
  /** How the app and the data folder are doing; milliseconds. */
  status(app: App): Promise<Status>;
  /** Deletes an app with everything in it. */
  deleteApp(app: App): Promise<void>;

  /** Takes inputs into the queue; one result per given input, in order: the pending input, or why not.
   *  Returns when they are stored durably, not when they are searchable. */
  addInputs(
    app: App,
    inputs: readonly NewInput[],
    options?: {
      /** Counts them under this job, made if it is new. */
      readonly job?: string;
      /** Inputs of the same batch that never came this far; the job counts them as failed. Default 0. */
      readonly refused?: number;
      /** What to do where the id exists: refuse, or try id-1 to id-9. Default "refuse". */
      readonly onConflict?: "refuse" | "suffix";
    },
  ): Promise<readonly (Input | Error)[]>;
  /** Takes one uploaded file (image or zip archive) at `file`, which it moves or deletes.
   *  An archive yields one result per image in it. */
  addUpload(
    app: App,
    file: string,
    name: string,
    signal?: AbortSignal,
    settings?: UploadSettings,
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
      /** Order by id instead (descending with newestFirst). */
      isById?: boolean;
      /** Only those that come behind it. */
      after?: Pick<Input, "id" | "row">;
      statuses?: readonly InputStatus[];
      ids?: readonly string[];
    },
  ): Promise<readonly Input[]>;
  countInputs(app: App): Promise<Readonly<Record<InputStatus, number>>>;
  /** What was read in these inputs, by row; those that nobody has read yet are left out. */
  readings(inputs: readonly Pick<Input, "row">[]): Promise<ReadonlyMap<number, KeptReading>>;
  /** How many inputs are still to be read; 0 where nobody reads. */
  countUnread(app: App): Promise<number>;
  /** Has all inputs read again, in the background. */
  readAgain(app: App): Promise<void>;
  /** Deletes inputs with their vectors, thumbnails and kept bytes; returns how many existed. Files indexed in place stay.
   *  Many go in steps: a crash on the way leaves the rest, and the request can be repeated. */
  deleteInputs(app: App, ids: readonly string[]): Promise<number>;
  deleteAllInputs(app: App): Promise<number>;
  /** Puts failed inputs back into the queue, all of them without `ids`; returns how many. */
  retryInputs(app: App, ids?: readonly string[]): Promise<number>;
  /** Predicted concepts of inputs, highest value first (20 each), by input row. */
  predictions(inputs: readonly Input[]): Promise<ReadonlyMap<number, readonly Prediction[]>>;

  search(app: App, request: SearchRequest, signal?: AbortSignal): Promise<SearchResult>;
  /** Ids of the inputs that `search` finds, in its order, at a fraction of the cost; `hitsAre` is not looked at. */
  searchIds(app: App, request: SearchRequest, signal?: AbortSignal): Promise<readonly string[]>;
  /** What the filters of a search can offer. */
  facets(app: App): Promise<Facets>;
  /** Where the inputs are that pass the filters. */
  places(app: App, filters: readonly Filter[]): Promise<Places>;
  /** Starts one change of many inputs. @throws AppError "not_found" for a dataset */
  changeInputs(app: App, ids: readonly string[], change: BulkChange): Promise<Activity>;
  /** Concepts whose name matches `pattern` ("*" matches anything; without one, a prefix), best first. */
  findConcepts(
    app: App,
    pattern: string,
    limit: number,
    language?: string,
  ): Promise<readonly Concept[]>;
  /** Concepts of which a word starts with `prefix`, best first, with how often each is labelled. */
  suggestConcepts(
    app: App,
    prefix: string,
    limit: number,
    languages?: readonly string[],
  ): Promise<readonly ConceptSuggestion[]>;
  /** Concepts under the names of a language, where the vocabulary has them. */
  inLanguage<C extends Concept>(concepts: readonly C[], language: string): Promise<readonly C[]>;
  /** A concept of the base workflow by its id. */
  baseConcept(id: string): Promise<Concept | undefined>;

  /** The bytes behind an image URL, under the rules for URLs. @throws AppError "url_invalid", "url_unreachable" */
  fetchImage(url: string, signal?: AbortSignal): Promise<Uint8Array>;

  /** JPEG, longest side 512 px, upright. Undefined until processed. */
  thumbnail(app: App, id: string): Promise<Picture | undefined>;
  /** The file as it was given. */
  original(app: App, id: string): Promise<Picture | undefined>;
  /** Encodes and ranks nothing: the model's name, its vector length, and where it computes ("cpu", "cuda" ...). */
  readonly model: { readonly name: string; readonly dim: number; readonly device: string };
  /** Finishes running work, saves the index snapshot, closes everything. */
  close(): Promise<void>;
};
