// What the filters of a search can offer: counts over an app's processed inputs, read again after a write.
import { setImmediate } from "node:timers/promises";
import { type Kysely, type RawBuilder, sql } from "kysely";
import { COLOURS, type Colour, PICTURE_SHAPES, type PictureShape } from "../../picture-words.ts";
import { Cache } from "../cache.ts";
import type { App } from "../engine.ts";
import { PRESENT } from "../library/app-concepts.ts";
import type { Condition } from "../query.ts";
import type { Schema } from "../schema.ts";
import { revision } from "../sqlite.ts";
import { CERTAIN } from "./filter-sql.ts";
import type { Matches } from "./matches.ts";
import { type MetadataKey, toMetadataKeys } from "./metadata-keys.ts";
import { shapeFact } from "./picture-sql.ts";

const LABELS_MAX = 500;
/** Newest inputs with metadata whose keys are looked at. */
const METADATA_SAMPLE = 2000;
const CACHED = 16;

type Counted<Name extends string, Value> = Readonly<Record<Name, Value>> & {
  readonly count: number;
};

/** Greatest counts first, years newest first. */
export type Facets = {
  readonly total: number;
  /** At most 500. */
  readonly labels: readonly Counted<"name", string>[];
  readonly unlabeled: number;
  /** What a detector found, by the inputs that it is in; at most 500. */
  readonly objects: readonly Counted<"label", string>[];
  readonly datasets: readonly Counted<"id", string>[];
  readonly unassigned: number;
  readonly formats: readonly Counted<"format", string>[];
  readonly shapes: readonly Counted<"shape", PictureShape>[];
  readonly colours: readonly Counted<"colour", Colour>[];
  readonly years: readonly Counted<"year", number>[];
  readonly addedYears: readonly Counted<"year", number>[];
  readonly placed: number;
  /** Of the newest 2,000 inputs with metadata. */
  readonly metadataKeys: readonly MetadataKey[];
  /** Width x height; 0 if there is none. */
  readonly pixels: { readonly least: number; readonly most: number };
};

export class FacetCounts {
  readonly #db: Kysely<Schema>;
  readonly #matches: Matches;
  readonly #known = new Cache<Facets>(CACHED);

  constructor(db: Kysely<Schema>, matches: Matches) {
    this.#db = db;
    this.#matches = matches;
  }

  /** Costs some passes over the app; other work gets its turn in between. */
  async of(app: App): Promise<Facets> {
    const key = `${app.row} ${await revision(this.#db)}`;
    return this.#known.get(key) ?? this.#known.set(key, await this.#read(app));
  }

  async #read(app: App): Promise<Facets> {
    const of = ofApp(app);
    return {
      ...(await this.#pictures(of)),
      formats: await this.#formats(of),
      years: await this.#years(
        sql`app = ${app.row} AND ${isProcessed(app, sql`row`)}`,
        sql`taken_ms`,
      ),
      addedYears: await this.#years(of, sql`created_ms`),
      colours: await this.#colours(of),
      labels: await this.#labels(app),
      objects: await this.#objects(app),
      datasets: await this.#datasets(app),
      metadataKeys: await this.#metadataKeys(of),
      unlabeled: await this.#count(app, { kind: "unlabeled" }),
      unassigned: await this.#count(app, { kind: "unassigned" }),
      placed: await this.#count(app, { kind: "placed" }),
    };
  }

  async #pictures(of: RawBuilder<unknown>): Promise<Pick<Facets, "total" | "shapes" | "pixels">> {
    const shapes = PICTURE_SHAPES.map(
      (shape) => sql`total(${shapeFact(shape)}) AS ${sql.ref(shape)}`,
    );
    const pixels = sql`CASE WHEN width_px > 0 THEN width_px * height_px END`;
    const [row] = await this.#rows<Readonly<Record<string, number | null>>>(sql`
      SELECT count(*) AS total, min(${pixels}) AS least, max(${pixels}) AS most, ${sql.join(shapes)}
      FROM inputs WHERE ${of}`);
    const counts = PICTURE_SHAPES.map((shape) => ({ shape, count: row?.[shape] ?? 0 }));
    return {
      total: row?.total ?? 0,
      shapes: counts.filter(({ count }) => count > 0).sort(byCount),
      pixels: { least: row?.least ?? 0, most: row?.most ?? 0 },
    };
  }

  async #formats(of: RawBuilder<unknown>): Promise<Facets["formats"]> {
    return this.#rows<Counted<"format", string>>(sql`
      SELECT format, count(*) AS count FROM inputs
      WHERE ${of} AND format IS NOT NULL GROUP BY format ORDER BY 2 DESC, 1`);
  }

  // By day first: there are few days, and turning one into a year is slow.
  async #years(
    of: RawBuilder<unknown>,
    ms: RawBuilder<unknown>,
  ): Promise<readonly Counted<"year", number>[]> {
    return this.#rows<Counted<"year", number>>(sql`
      SELECT CAST(strftime('%Y', day * 86400, 'unixepoch') AS INTEGER) AS year, total(count) AS count
      FROM (SELECT floor(${ms} / 86400000.0) AS day, count(*) AS count
            FROM inputs WHERE ${of} AND ${ms} IS NOT NULL GROUP BY 1)
      GROUP BY 1 ORDER BY 1 DESC`);
  }

  async #colours(of: RawBuilder<unknown>): Promise<Facets["colours"]> {
    const rows = await this.#rows<Counted<"colours", number>>(
      sql`SELECT colours, count(*) AS count FROM inputs WHERE ${of} GROUP BY colours`,
    );
    const countOf = (bit: number) =>
      rows.reduce((sum, { colours, count }) => sum + (((colours >> bit) & 1) === 1 ? count : 0), 0);
    return COLOURS.map((colour, bit) => ({ colour, count: countOf(bit) }))
      .filter(({ count }) => count > 0)
      .sort(byCount);
  }

  async #labels(app: App): Promise<Facets["labels"]> {
    return this.#rows<Counted<"name", string>>(sql`
      SELECT min(concepts.name) AS name, count(DISTINCT annotations.input) AS count
      FROM concepts CROSS JOIN labels CROSS JOIN annotations
      WHERE concepts.app = ${app.row} AND labels.concept = concepts.row AND labels.value >= ${PRESENT}
        AND annotations.row = labels.annotation AND ${isProcessed(app, sql`annotations.input`)}
      GROUP BY concepts.folded ORDER BY 2 DESC, 1 LIMIT ${LABELS_MAX}`);
  }

  async #objects(app: App): Promise<Facets["objects"]> {
    return this.#rows<Counted<"label", string>>(sql`
      SELECT label, count(DISTINCT input) AS count FROM objects
      WHERE app = ${app.row} AND confidence >= ${CERTAIN} AND ${isProcessed(app, sql`input`)}
      GROUP BY label ORDER BY 2 DESC, 1 LIMIT ${LABELS_MAX}`);
  }

  // Without their versions, which stand in the same table.
  async #datasets(app: App): Promise<Facets["datasets"]> {
    return this.#rows<Counted<"id", string>>(sql`
      SELECT datasets.id AS id, count(dataset_inputs.input) AS count
      FROM datasets LEFT JOIN dataset_inputs
        ON dataset_inputs.dataset = datasets.row AND ${isProcessed(app, sql`dataset_inputs.input`)}
      WHERE datasets.app = ${app.row} AND instr(datasets.id, '/') = 0
      GROUP BY datasets.row ORDER BY 2 DESC, 1`);
  }

  async #metadataKeys(of: RawBuilder<unknown>): Promise<readonly MetadataKey[]> {
    const rows = await this.#rows<{ readonly metadata: string }>(sql`
      SELECT metadata FROM inputs WHERE ${of} AND metadata != '{}'
      ORDER BY row DESC LIMIT ${METADATA_SAMPLE}`);
    return toMetadataKeys(rows.map(({ metadata }) => JSON.parse(metadata)));
  }

  async #count(app: App, condition: Condition): Promise<number> {
    await setImmediate();
    return this.#matches.count(app, [{ anyOf: [condition] }], "inputs");
  }

  async #rows<Row>(query: RawBuilder<unknown>): Promise<readonly Row[]> {
    await setImmediate();
    return (await query.execute(this.#db)).rows as readonly Row[];
  }
}

function ofApp(app: App): RawBuilder<unknown> {
  return sql`app = ${app.row} AND status = 'processed'`;
}

// The others are few: a look into the set of them is faster than one into a row.
function isProcessed(app: App, row: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`${row} NOT IN (SELECT row FROM inputs
    WHERE app = ${app.row} AND status IN ('pending', 'failed', 'duplicate'))`;
}

// Equal counts keep the order of the list.
function byCount(a: { readonly count: number }, b: { readonly count: number }): number {
  return b.count - a.count;
}
