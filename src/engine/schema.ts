// The tables, as types and as migrations. A released migration is never edited: append a new one.
import type { DatabaseSyncInstance } from "@photostructure/sqlite";
import type { Generated } from "kysely";
import { AppError } from "../errors.ts";

export type Schema = {
  /** Row numbers that apps have had. None is used again: whoever still works for a deleted app must not reach another. */
  app_rows: { row: Generated<number> };
  apps: {
    row: Generated<number>;
    user_id: string;
    id: string;
    /** "Universal", "General", "Empty", or another name that clients may ask for. */
    base_workflow: Generated<string>;
    /** JSON: name, description and the like, kept as they came. */
    details: Generated<string>;
    created_ms: number;
    modified_ms: number;
  };
  inputs: {
    row: Generated<number>;
    app: number;
    id: string;
    status: string;
    failure_code: string | null;
    failure: string | null;
    name: string;
    path: string | null;
    /** Of the file at `path`, when it was queued: a changed one is indexed again. */
    modified_file_ms: number | null;
    sha256: string | null;
    size_bytes: number;
    width_px: number;
    height_px: number;
    format: string | null;
    metadata: string;
    /** 1: index even if the same bytes are there already. */
    allow_duplicate: number;
    /** Where the bytes come or came from; with sha256 null they are still to be fetched. */
    url: Generated<string | null>;
    job: Generated<number | null>;
    /** Degrees; both or neither. */
    latitude: Generated<number | null>;
    longitude: Generated<number | null>;
    created_ms: number;
    /** On its way into the index; what people say of it leaves this as it is. */
    modified_ms: number;
    /** When people changed labels, metadata or place last; 0 for never. */
    patched_ms: Generated<number>;
    /** When the camera says it was taken, its clock read as UTC; null if it does not say. */
    taken_ms: Generated<number | null>;
    /** JSON: camera, lens, exposure and the like; null for none. */
    exif: Generated<string | null>;
    /** ThumbHash of the picture, about 25 bytes. */
    blur: Generated<Uint8Array | null>;
    /** Bits by picture-words.ts COLOURS. */
    colours: Generated<number>;
    /** Version of the code that found out the four above; 0: nobody has looked. */
    facts: Generated<number>;
  };
  /** Groups of near-duplicates: each member, the leader among them, with the input row of its leader. */
  near_copies: { input: number; app: number; leader: number };
  /** Inputs whose embeddings are nearly the same, `a` below `b`: what groups are made of, for any least similarity. */
  near_pairs: {
    app: number;
    a: number;
    b: number;
    similarity: number;
    /** 1: somebody looked and keeps both. */
    kept: Generated<number>;
  };
  /** What was worked out over all inputs of an app: its near-duplicates, its map. */
  explorations: {
    app: number;
    kind: "copies" | "map";
    space: number;
    /** The greatest row of `vectors` that it knows. */
    last_vector: number;
    computed_ms: number;
    /** JSON. */
    body: string;
    /** Of a map: see explore/map-points.ts. */
    points: Uint8Array | null;
  };
  /** Vectors of one model can be compared with each other, and with no others. */
  spaces: {
    row: Generated<number>;
    /** Id of the model: see model.ts. */
    model: string;
    dim: number;
    /** For people: name of the model's folder. */
    name: Generated<string>;
    /** Absolute: where the model is. */
    folder: Generated<string>;
    /** "current": answers searches, one at most; "building": on its way there; "kept": can be returned to. */
    state: Generated<string>;
    /** What the predictions of all its inputs were made with; "" until all are. */
    vocabulary: Generated<string>;
    /** When its state changed last. */
    changed_ms: Generated<number>;
  };
  /** `row` grows for ever and is never used again: snapshots tell by it what is new. */
  vectors: {
    row: Generated<number>;
    app: number;
    space: number;
    input: number;
    vector: Uint8Array;
  };
  /** JSON [[concept id, value], ...], highest first. */
  predictions: { input: number; space: number; concepts: string };
  /** One posted batch, or several that name the same job. `refused`: inputs that never got a row. */
  jobs: {
    row: Generated<number>;
    app: number;
    id: string;
    refused: Generated<number>;
    created_ms: number;
    modified_ms: number;
  };
  /** An app's own concepts, and those of the vocabulary that its labels name. */
  concepts: {
    row: Generated<number>;
    app: number;
    id: string;
    name: string;
    /** The name, the same for upper and lower case: see fold.ts. */
    folded: string;
    details: Generated<string>;
    created_ms: number;
    modified_ms: number;
  };
  /** What people say about an input. A trigger gives every input one with input_level 1. */
  annotations: {
    row: Generated<number>;
    app: number;
    input: number;
    id: string;
    input_level: number;
    status_code: Generated<number>;
    user_id: Generated<string>;
    task_id: Generated<string>;
    model_version: Generated<string>;
    workflow_version: Generated<string>;
    trusted: Generated<number>;
    /** JSON of annotation_info. */
    info: Generated<string>;
    /** JSON and degrees; of an input-level annotation they stand in its input. */
    metadata: Generated<string | null>;
    latitude: Generated<number | null>;
    longitude: Generated<number | null>;
    /** Comma-framed list of what its regions are, such as ",bounding_box,"; "" for the whole image. */
    shapes: Generated<string>;
    /** JSON list of the track ids of its regions. */
    tracks: Generated<string>;
    /** JSON of everything else in it (regions and the like), kept as it came. */
    body: Generated<string>;
    created_ms: number;
    modified_ms: number;
  };
  /** A concept of an annotation; `region`: id of the region it stands in, "" for the whole. */
  labels: {
    row: Generated<number>;
    annotation: number;
    concept: number;
    region: string;
    value: number;
  };
  datasets: {
    row: Generated<number>;
    app: number;
    id: string;
    details: Generated<string>;
    created_ms: number;
    modified_ms: number;
  };
  dataset_inputs: { dataset: number; input: number; created_ms: number };
  /** What was read in pictures: a row for each that was looked at. */
  readings: {
    input: number;
    /** Lines in reading order; "" if nothing is written there. */
    text: string;
    /** JSON: see reading/reading.ts. */
    lines: string;
    /** Of most of it, as BCP 47; "" if nobody knows. */
    language: string;
    /** Of the reader: what an older one read is read again. */
    version: number;
  };
  /** Processed inputs that are to be read: triggers note them. */
  readings_due: { input: number };
  /** Inputs that words/word-index.ts is to read again: triggers note them. */
  words_due: { input: number };
  /** What a detector found in pictures. `row` grows for ever and is never used again, as that of `vectors`. */
  objects: {
    row: Generated<number>;
    app: number;
    input: number;
    /** Of the vector; both null where it has none: too small, or one of too many. */
    space: number | null;
    label: string;
    /** Parts of the picture, 0..1. */
    left: number;
    top: number;
    right: number;
    bottom: number;
    /** 0..1. */
    confidence: number;
    vector: Uint8Array | null;
  };
  /** Which detector looked at an input; without a row, none did. */
  object_looks: {
    input: number;
    /** Id of the model. */
    detector: string;
    /** Of the vectors that its objects have; null: of none that is still there. */
    space: number | null;
    /** Why nothing was found out; null if something was. */
    failure: string | null;
  };
  /** Processed inputs that are to be looked at: triggers note them. */
  objects_due: { input: number };
  /** Things that the store only keeps: saved searches, workflows, models and their versions ... */
  records: {
    row: Generated<number>;
    app: number;
    kind: string;
    /** Id of the record it belongs to, "" for none. */
    parent: string;
    id: string;
    body: string;
    /** Numbers of a trained model: f32, little-endian. */
    weights: Generated<Uint8Array | null>;
    created_ms: number;
    modified_ms: number;
  };
};

const MIGRATIONS = [
  `CREATE TABLE apps (
     row INTEGER PRIMARY KEY, user_id TEXT NOT NULL, id TEXT NOT NULL, created_ms INTEGER NOT NULL,
     UNIQUE (user_id, id)
   ) STRICT;
   CREATE TABLE inputs (
     row INTEGER PRIMARY KEY AUTOINCREMENT,
     app INTEGER NOT NULL REFERENCES apps (row) ON DELETE CASCADE,
     id TEXT NOT NULL,
     status TEXT NOT NULL CHECK (status IN ('pending', 'processed', 'failed', 'duplicate')),
     failure_code TEXT, failure TEXT,
     name TEXT NOT NULL, path TEXT, modified_file_ms INTEGER,
     sha256 TEXT, size_bytes INTEGER NOT NULL,
     width_px INTEGER NOT NULL, height_px INTEGER NOT NULL, format TEXT,
     metadata TEXT NOT NULL, allow_duplicate INTEGER NOT NULL,
     created_ms INTEGER NOT NULL, modified_ms INTEGER NOT NULL,
     UNIQUE (app, id)
   ) STRICT;
   CREATE INDEX inputs_status ON inputs (app, status, row);
   CREATE INDEX inputs_pending ON inputs (row) WHERE status = 'pending';
   CREATE INDEX inputs_sha256 ON inputs (app, sha256) WHERE sha256 IS NOT NULL;
   CREATE UNIQUE INDEX inputs_path ON inputs (app, path) WHERE path IS NOT NULL;
   CREATE TABLE spaces (row INTEGER PRIMARY KEY, model TEXT NOT NULL UNIQUE, dim INTEGER NOT NULL) STRICT;
   CREATE TABLE vectors (
     row INTEGER PRIMARY KEY AUTOINCREMENT,
     app INTEGER NOT NULL, space INTEGER NOT NULL REFERENCES spaces (row) ON DELETE CASCADE,
     input INTEGER NOT NULL REFERENCES inputs (row) ON DELETE CASCADE,
     vector BLOB NOT NULL
   ) STRICT;
   CREATE INDEX vectors_app ON vectors (app, space, row);
   CREATE INDEX vectors_input ON vectors (input, space);
   CREATE TABLE predictions (
     input INTEGER PRIMARY KEY REFERENCES inputs (row) ON DELETE CASCADE, concepts TEXT NOT NULL
   ) STRICT;`,
  `ALTER TABLE apps ADD COLUMN base_workflow TEXT NOT NULL DEFAULT 'Universal';
   ALTER TABLE apps ADD COLUMN details TEXT NOT NULL DEFAULT '{}';
   ALTER TABLE apps ADD COLUMN modified_ms INTEGER NOT NULL DEFAULT 0;
   UPDATE apps SET modified_ms = created_ms;
   CREATE TABLE app_rows (row INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;
   INSERT INTO app_rows SELECT row FROM apps ORDER BY row DESC LIMIT 1;
   ALTER TABLE inputs ADD COLUMN url TEXT;
   ALTER TABLE inputs ADD COLUMN job INTEGER;
   ALTER TABLE inputs ADD COLUMN latitude REAL;
   ALTER TABLE inputs ADD COLUMN longitude REAL;
   ALTER TABLE inputs ADD COLUMN patched_ms INTEGER NOT NULL DEFAULT 0;
   CREATE INDEX inputs_app ON inputs (app);
   CREATE INDEX inputs_url ON inputs (app, url) WHERE url IS NOT NULL;
   DROP INDEX inputs_pending;
   CREATE INDEX inputs_pending ON inputs (row)
     WHERE status = 'pending' AND (url IS NULL OR sha256 IS NOT NULL);
   CREATE INDEX inputs_to_download ON inputs (row)
     WHERE status = 'pending' AND url IS NOT NULL AND sha256 IS NULL;
   CREATE INDEX inputs_job ON inputs (job, status) WHERE job IS NOT NULL;
   CREATE INDEX inputs_place ON inputs (app, latitude, longitude) WHERE latitude IS NOT NULL;
   CREATE TABLE jobs (
     row INTEGER PRIMARY KEY AUTOINCREMENT,
     app INTEGER NOT NULL REFERENCES apps (row) ON DELETE CASCADE,
     id TEXT NOT NULL, refused INTEGER NOT NULL DEFAULT 0,
     created_ms INTEGER NOT NULL, modified_ms INTEGER NOT NULL,
     UNIQUE (app, id)
   ) STRICT;
   CREATE TABLE concepts (
     row INTEGER PRIMARY KEY AUTOINCREMENT,
     app INTEGER NOT NULL REFERENCES apps (row) ON DELETE CASCADE,
     id TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, details TEXT NOT NULL DEFAULT '{}',
     created_ms INTEGER NOT NULL, modified_ms INTEGER NOT NULL,
     UNIQUE (app, id)
   ) STRICT;
   CREATE INDEX concepts_folded ON concepts (app, folded);
   CREATE TABLE annotations (
     row INTEGER PRIMARY KEY AUTOINCREMENT,
     app INTEGER NOT NULL,
     input INTEGER NOT NULL REFERENCES inputs (row) ON DELETE CASCADE,
     id TEXT NOT NULL, input_level INTEGER NOT NULL,
     status_code INTEGER NOT NULL DEFAULT 24150,
     user_id TEXT NOT NULL DEFAULT 'me', task_id TEXT NOT NULL DEFAULT '',
     model_version TEXT NOT NULL DEFAULT '', workflow_version TEXT NOT NULL DEFAULT '',
     trusted INTEGER NOT NULL DEFAULT 1,
     info TEXT NOT NULL DEFAULT '{}', metadata TEXT, latitude REAL, longitude REAL,
     shapes TEXT NOT NULL DEFAULT '', tracks TEXT NOT NULL DEFAULT '[]', body TEXT NOT NULL DEFAULT '{}',
     created_ms INTEGER NOT NULL, modified_ms INTEGER NOT NULL,
     UNIQUE (input, id)
   ) STRICT;
   CREATE UNIQUE INDEX annotations_input_level ON annotations (input) WHERE input_level = 1;
   CREATE INDEX annotations_app ON annotations (app);
   CREATE INDEX annotations_id ON annotations (app, id);
   CREATE INDEX annotations_place ON annotations (app, latitude, longitude) WHERE latitude IS NOT NULL;
   CREATE INDEX annotations_metadata ON annotations (app) WHERE metadata IS NOT NULL;
   CREATE TABLE labels (
     row INTEGER PRIMARY KEY AUTOINCREMENT,
     annotation INTEGER NOT NULL REFERENCES annotations (row) ON DELETE CASCADE,
     concept INTEGER NOT NULL REFERENCES concepts (row) ON DELETE CASCADE,
     region TEXT NOT NULL DEFAULT '', value REAL NOT NULL,
     UNIQUE (annotation, region, concept)
   ) STRICT;
   CREATE INDEX labels_concept ON labels (concept, value, annotation);
   CREATE TABLE datasets (
     row INTEGER PRIMARY KEY AUTOINCREMENT,
     app INTEGER NOT NULL REFERENCES apps (row) ON DELETE CASCADE,
     id TEXT NOT NULL, details TEXT NOT NULL DEFAULT '{}',
     created_ms INTEGER NOT NULL, modified_ms INTEGER NOT NULL,
     UNIQUE (app, id)
   ) STRICT;
   CREATE TABLE dataset_inputs (
     dataset INTEGER NOT NULL REFERENCES datasets (row) ON DELETE CASCADE,
     input INTEGER NOT NULL REFERENCES inputs (row) ON DELETE CASCADE,
     created_ms INTEGER NOT NULL,
     PRIMARY KEY (dataset, input)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX dataset_inputs_input ON dataset_inputs (input);
   CREATE TABLE records (
     row INTEGER PRIMARY KEY AUTOINCREMENT,
     app INTEGER NOT NULL REFERENCES apps (row) ON DELETE CASCADE,
     kind TEXT NOT NULL, parent TEXT NOT NULL DEFAULT '', id TEXT NOT NULL,
     body TEXT NOT NULL, weights BLOB,
     created_ms INTEGER NOT NULL, modified_ms INTEGER NOT NULL,
     UNIQUE (app, kind, parent, id)
   ) STRICT;
   CREATE TRIGGER inputs_annotation AFTER INSERT ON inputs BEGIN
     INSERT INTO annotations (app, input, id, input_level, created_ms, modified_ms)
     VALUES (new.app, new.row, lower(hex(randomblob(16))), 1, new.created_ms, new.created_ms);
   END;
   INSERT INTO annotations (app, input, id, input_level, created_ms, modified_ms)
     SELECT app, row, lower(hex(randomblob(16))), 1, created_ms, created_ms FROM inputs;`,
  `ALTER TABLE inputs ADD COLUMN taken_ms INTEGER;
   ALTER TABLE inputs ADD COLUMN exif TEXT;
   ALTER TABLE inputs ADD COLUMN blur BLOB;
   ALTER TABLE inputs ADD COLUMN colours INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE inputs ADD COLUMN facts INTEGER NOT NULL DEFAULT 0;
   CREATE INDEX inputs_taken ON inputs (app, taken_ms) WHERE taken_ms IS NOT NULL;
   CREATE INDEX inputs_facts ON inputs (facts, row) WHERE status = 'processed';
   CREATE INDEX inputs_kept ON inputs (app, size_bytes) WHERE path IS NULL;
   CREATE TABLE near_copies (
     input INTEGER PRIMARY KEY REFERENCES inputs (row) ON DELETE CASCADE,
     app INTEGER NOT NULL, leader INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX near_copies_app ON near_copies (app, leader);
   CREATE TABLE near_pairs (
     app INTEGER NOT NULL,
     a INTEGER NOT NULL REFERENCES inputs (row) ON DELETE CASCADE,
     b INTEGER NOT NULL REFERENCES inputs (row) ON DELETE CASCADE,
     similarity REAL NOT NULL, kept INTEGER NOT NULL DEFAULT 0,
     PRIMARY KEY (a, b)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX near_pairs_app ON near_pairs (app, similarity);
   CREATE INDEX near_pairs_b ON near_pairs (b);
   CREATE TABLE explorations (
     app INTEGER NOT NULL REFERENCES apps (row) ON DELETE CASCADE,
     kind TEXT NOT NULL CHECK (kind IN ('copies', 'map')),
     space INTEGER NOT NULL, last_vector INTEGER NOT NULL, computed_ms INTEGER NOT NULL,
     body TEXT NOT NULL, points BLOB,
     PRIMARY KEY (app, kind)
   ) STRICT, WITHOUT ROWID;`,
  `ALTER TABLE spaces ADD COLUMN name TEXT NOT NULL DEFAULT '';
   ALTER TABLE spaces ADD COLUMN folder TEXT NOT NULL DEFAULT '';
   ALTER TABLE spaces ADD COLUMN state TEXT NOT NULL DEFAULT 'kept'
     CHECK (state IN ('current', 'building', 'kept'));
   ALTER TABLE spaces ADD COLUMN vocabulary TEXT NOT NULL DEFAULT '';
   ALTER TABLE spaces ADD COLUMN changed_ms INTEGER NOT NULL DEFAULT 0;
   CREATE UNIQUE INDEX spaces_current ON spaces (state) WHERE state = 'current';
   ALTER TABLE predictions RENAME TO predictions_of_one_space;
   CREATE TABLE predictions (
     input INTEGER NOT NULL REFERENCES inputs (row) ON DELETE CASCADE,
     space INTEGER NOT NULL REFERENCES spaces (row) ON DELETE CASCADE,
     concepts TEXT NOT NULL,
     PRIMARY KEY (input, space)
   ) STRICT;
   CREATE INDEX predictions_space ON predictions (space);
   INSERT INTO predictions (input, space, concepts)
     SELECT old.input, max(vectors.space), old.concepts FROM predictions_of_one_space AS old
     JOIN vectors ON vectors.input = old.input GROUP BY old.input;
   DROP TABLE predictions_of_one_space;
   CREATE INDEX vectors_space ON vectors (space, input);`,
  `CREATE TABLE readings (
     input INTEGER PRIMARY KEY REFERENCES inputs (row) ON DELETE CASCADE,
     text TEXT NOT NULL, lines TEXT NOT NULL, language TEXT NOT NULL, version INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX readings_version ON readings (version, input);
   CREATE TABLE readings_due (
     input INTEGER PRIMARY KEY REFERENCES inputs (row) ON DELETE CASCADE
   ) STRICT;
   CREATE TRIGGER readings_of_input AFTER UPDATE OF status ON inputs
     WHEN new.status = 'processed' AND old.status <> 'processed' BEGIN
     INSERT INTO readings_due VALUES (new.row) ON CONFLICT DO NOTHING;
   END;
   INSERT INTO readings_due SELECT row FROM inputs WHERE status = 'processed';
   CREATE VIRTUAL TABLE words USING fts5 (
     name, labels, captions, metadata, read,
     content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0"
   );
   CREATE TABLE terms (
     row INTEGER PRIMARY KEY,
     app INTEGER NOT NULL REFERENCES apps (row) ON DELETE CASCADE,
     term TEXT NOT NULL, UNIQUE (app, term)
   ) STRICT;
   CREATE VIRTUAL TABLE term_grams USING fts5 (
     grams, content = '', contentless_delete = 1, detail = 'none', tokenize = "unicode61 remove_diacritics 0"
   );
   CREATE TRIGGER terms_gone AFTER DELETE ON terms BEGIN
     DELETE FROM term_grams WHERE rowid = old.row;
   END;
   CREATE TABLE words_due (input INTEGER PRIMARY KEY) STRICT;
   CREATE TRIGGER words_of_new_input AFTER INSERT ON inputs BEGIN
     INSERT INTO words_due VALUES (new.row) ON CONFLICT DO NOTHING;
   END;
   CREATE TRIGGER words_of_input AFTER UPDATE OF name, metadata, exif ON inputs
     WHEN new.name IS NOT old.name OR new.metadata IS NOT old.metadata OR new.exif IS NOT old.exif BEGIN
     INSERT INTO words_due VALUES (new.row) ON CONFLICT DO NOTHING;
   END;
   CREATE TRIGGER words_gone AFTER DELETE ON inputs BEGIN
     DELETE FROM words WHERE rowid = old.row;
     DELETE FROM words_due WHERE input = old.row;
   END;
   CREATE TRIGGER words_of_reading AFTER INSERT ON readings BEGIN
     INSERT INTO words_due VALUES (new.input) ON CONFLICT DO NOTHING;
   END;
   CREATE TRIGGER words_of_reading_again AFTER UPDATE ON readings BEGIN
     INSERT INTO words_due VALUES (new.input) ON CONFLICT DO NOTHING;
   END;
   CREATE TRIGGER words_of_label AFTER INSERT ON labels BEGIN
     INSERT INTO words_due SELECT input FROM annotations WHERE row = new.annotation ON CONFLICT DO NOTHING;
   END;
   CREATE TRIGGER words_of_label_again AFTER UPDATE ON labels BEGIN
     INSERT INTO words_due SELECT input FROM annotations WHERE row = new.annotation ON CONFLICT DO NOTHING;
   END;
   CREATE TRIGGER words_of_label_gone AFTER DELETE ON labels BEGIN
     INSERT INTO words_due SELECT input FROM annotations WHERE row = old.annotation ON CONFLICT DO NOTHING;
   END;
   CREATE TRIGGER words_of_annotation AFTER INSERT ON annotations WHEN new.body <> '{}' BEGIN
     INSERT INTO words_due VALUES (new.input) ON CONFLICT DO NOTHING;
   END;
   CREATE TRIGGER words_of_annotation_again AFTER UPDATE OF body ON annotations
     WHEN new.body IS NOT old.body BEGIN
     INSERT INTO words_due VALUES (new.input) ON CONFLICT DO NOTHING;
   END;
   CREATE TRIGGER words_of_annotation_gone AFTER DELETE ON annotations BEGIN
     INSERT INTO words_due SELECT row FROM inputs WHERE row = old.input ON CONFLICT DO NOTHING;
   END;
   CREATE TRIGGER words_of_concept AFTER UPDATE OF name ON concepts WHEN new.name IS NOT old.name BEGIN
     INSERT INTO words_due SELECT input FROM annotations
       WHERE row IN (SELECT annotation FROM labels WHERE concept = new.row) ON CONFLICT DO NOTHING;
   END;
   INSERT INTO words_due SELECT row FROM inputs;`,
  `CREATE TABLE objects (
     row INTEGER PRIMARY KEY AUTOINCREMENT,
     app INTEGER NOT NULL,
     input INTEGER NOT NULL REFERENCES inputs (row) ON DELETE CASCADE,
     space INTEGER REFERENCES spaces (row) ON DELETE SET NULL,
     label TEXT NOT NULL COLLATE NOCASE,
     "left" REAL NOT NULL, top REAL NOT NULL, "right" REAL NOT NULL, bottom REAL NOT NULL,
     confidence REAL NOT NULL, vector BLOB
   ) STRICT;
   CREATE INDEX objects_input ON objects (input);
   CREATE INDEX objects_space ON objects (space, app, input) WHERE space IS NOT NULL;
   CREATE INDEX objects_label ON objects (app, label, confidence, input);
   CREATE TABLE object_looks (
     input INTEGER PRIMARY KEY REFERENCES inputs (row) ON DELETE CASCADE,
     detector TEXT NOT NULL,
     space INTEGER REFERENCES spaces (row) ON DELETE SET NULL,
     failure TEXT
   ) STRICT;
   CREATE INDEX object_looks_space ON object_looks (space);
   CREATE TABLE objects_due (
     input INTEGER PRIMARY KEY REFERENCES inputs (row) ON DELETE CASCADE
   ) STRICT;
   CREATE TRIGGER objects_of_input AFTER UPDATE OF status ON inputs
     WHEN new.status = 'processed' AND old.status <> 'processed' BEGIN
     DELETE FROM object_looks WHERE input = new.row;
     INSERT INTO objects_due VALUES (new.row) ON CONFLICT DO NOTHING;
   END;
   INSERT INTO objects_due SELECT row FROM inputs WHERE status = 'processed';`,
];

/** Brings a database to the newest schema, each step in one transaction.
 *  @throws AppError "invalid_request" if a newer Semblance wrote it */
export function migrate(database: DatabaseSyncInstance): void {
  const { user_version: version } = database.prepare("PRAGMA user_version").get() as {
    user_version: number;
  };
  if (version > MIGRATIONS.length) {
    throw new AppError(
      "invalid_request",
      `Expected schema version ${MIGRATIONS.length} or older for the data folder but received ${version}. ` +
        "A newer Semblance wrote it: install that version.",
    );
  }
  for (let next = version; next < MIGRATIONS.length; next++) {
    database.exec(`BEGIN; ${MIGRATIONS[next]}; PRAGMA user_version = ${next + 1}; COMMIT;`);
  }
}
