// What training reads: which embeddings carry a concept, which lack it, and which nobody has labelled. Labels that a model
// gave are not trusted: nothing is learned from them.
import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { Cache } from "../cache.ts";
import type { App } from "../engine.ts";
import { PRESENT } from "../library/app-concepts.ts";
import type { Schema } from "../schema.ts";
import { revision } from "../sqlite.ts";
import type { VersionKey } from "./model-versions.ts";

/** Newest labelled inputs per side that count: more cost time and change little. */
const LABELLED_MAX = 2500;
/** Clarifai's annotation status of labels that are neither pending nor under review. */
const SUCCESS = 24150;
/** Multiples of it, modulo 1, spread evenly for ever and never repeat: a sample that needs no random numbers. */
const GOLDEN_RATIO = 0.618033988749895;
const CACHED_FINGERPRINTS = 256;
/** States of a version, or of its evaluation, that work is under way for. */
const UNDER_WAY = { versions: [21101, 21103], metrics: [21301, 21303] } as const;

/** Which inputs count; without `dataset` (its row) all of the app. */
export type Scope = { readonly app: App; readonly space: number; readonly dataset?: number };

/** Rows of inputs with the rows of their vectors, newest first. */
export type Labelled = {
  readonly positives: ReadonlyMap<number, number>;
  readonly negatives: ReadonlyMap<number, number>;
};

export class TrainingData {
  readonly #db: Kysely<Schema>;
  readonly #fingerprints = new Cache<string>(CACHED_FINGERPRINTS);

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** Indexed inputs that carry the concept, on the whole or in any region, and those that were said not to. */
  async labelled(scope: Scope, concept: number): Promise<Labelled> {
    const [positives, negatives] = [new Map<number, number>(), new Map<number, number>()];
    for (const { input, row, value } of await this.#labelled(scope, concept)) {
      const side = value >= PRESENT ? positives : negatives;
      if (side.size < LABELLED_MAX) side.set(input, row);
    }
    return { positives, negatives };
  }

  /** At most `count` inputs with their vectors' rows, spread over all. The same ones every time, while the inputs
   *  are. */
  async sample(scope: Scope, count: number): Promise<ReadonlyMap<number, number>> {
    const rows =
      scope.dataset === undefined
        ? await this.#sampleApp(scope, count)
        : await this.#sampleDataset({ ...scope, dataset: scope.dataset }, count);
    return new Map(rows.map(({ input, row }) => [input, row]));
  }

  /** Changes when any of the concept's labels does, or when one of its inputs is indexed or goes. Read again only after
   *  a write to the store. */
  async fingerprint({ space }: Scope, concept: number): Promise<string> {
    const key = `${await revision(this.#db)} ${space} ${concept}`;
    const known = this.#fingerprints.get(key);
    if (known !== undefined) return known;
    // All of it rather than sums, which two labels that change places leave as they are.
    const { rows } = await sql<{ labels: string | null }>`
      SELECT group_concat(labels.annotation || ' ' || (labels.value >= ${PRESENT}) || ' ' ||
                          annotations.status_code || ' ' || vectors.row) AS labels
      FROM labels
      JOIN annotations ON annotations.row = labels.annotation
      JOIN vectors ON vectors.input = annotations.input AND vectors.space = ${space}
      WHERE labels.concept = ${concept} AND annotations.trusted = 1`.execute(this.#db);
    const digest = createHash("sha256").update(rows[0]?.labels ?? "");
    return this.#fingerprints.set(key, digest.digest("base64"));
  }

  /** Newest first. `isPresent`: that carry the concept, else that were said not to. */
  async labelledIds(
    app: App,
    concept: number,
    page: { readonly isPresent: boolean; readonly offset: number; readonly limit: number },
  ): Promise<{ readonly ids: readonly string[]; readonly total: number }> {
    const { rows } = await sql<{ id: string; total: number }>`
      SELECT inputs.id, count(*) OVER () AS total
      FROM labels
      JOIN annotations ON annotations.row = labels.annotation
      JOIN inputs ON inputs.row = annotations.input
      WHERE labels.concept = ${concept} AND inputs.app = ${app.row}
        AND annotations.status_code = ${SUCCESS} AND annotations.trusted = 1
      GROUP BY inputs.row
      HAVING (max(labels.value) >= ${PRESENT}) = ${Number(page.isPresent)}
      ORDER BY inputs.row DESC
      LIMIT ${page.limit} OFFSET ${page.offset}`.execute(this.#db);
    return { ids: rows.map(({ id }) => id), total: rows[0]?.total ?? 0 };
  }

  /** How many inputs with a label of these concepts wait to be indexed. */
  async pending({ app }: Scope, concepts: readonly number[]): Promise<number> {
    const { count } = await this.#db
      .selectFrom("inputs")
      .select(sql<number>`count(*)`.as("count"))
      .where("inputs.app", "=", app.row)
      .where("inputs.status", "=", "pending")
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom("labels")
            .innerJoin("annotations", "annotations.row", "labels.annotation")
            .select("labels.row")
            .whereRef("annotations.input", "=", "inputs.row")
            .where("labels.concept", "in", [...concepts]),
        ),
      )
      .executeTakeFirstOrThrow();
    return count;
  }

  /** Versions of models, of all apps, that were being trained or evaluated when the process ended. */
  async underWay(): Promise<readonly VersionKey[]> {
    const rows = await this.#db
      .selectFrom("records")
      .innerJoin("apps", "apps.row", "records.app")
      .select([
        "apps.row",
        "apps.user_id as userId",
        "apps.id",
        "apps.base_workflow as baseWorkflow",
        "records.parent as modelId",
        "records.id as versionId",
      ])
      .where("records.kind", "=", "model-version")
      .where(({ or }) =>
        or([
          sql<boolean>`json_extract(records.body, '$.statusCode') IN (${sql.join(UNDER_WAY.versions)})`,
          sql<boolean>`json_extract(records.body, '$.metrics.statusCode') IN (${sql.join(UNDER_WAY.metrics)})`,
        ]),
      )
      .orderBy("records.row")
      .execute();
    return rows.map(({ modelId, versionId, ...app }) => ({ app, modelId, versionId }));
  }

  // The first vector at or behind each of `count` places: seeks in the index rather than a pass over all rows.
  async #sampleApp({ app, space }: Scope, count: number): Promise<readonly VectorOfInput[]> {
    const { first, last } = await this.#db
      .selectFrom("vectors")
      .select(({ fn }) => [
        fn.min<number | null>("vectors.row").as("first"),
        fn.max<number | null>("vectors.row").as("last"),
      ])
      .where("vectors.app", "=", app.row)
      .where("vectors.space", "=", space)
      .executeTakeFirstOrThrow();
    if (first === null || last === null) return [];
    const places = spread(count, last - first + 1).map((place) => first + place);
    const { rows } = await sql<VectorOfInput>`
      SELECT input, row FROM vectors WHERE row IN (
        SELECT (SELECT v.row FROM vectors v
                WHERE v.app = ${app.row} AND v.space = ${space} AND v.row >= place.value
                ORDER BY v.row LIMIT 1)
        FROM json_each(${JSON.stringify(places)}) AS place)
      ORDER BY row`.execute(this.#db);
    return rows;
  }

  async #sampleDataset(
    { space, dataset }: Scope & { readonly dataset: number },
    count: number,
  ): Promise<readonly VectorOfInput[]> {
    const rows = await this.#db
      .selectFrom("dataset_inputs")
      .innerJoin("vectors", "vectors.input", "dataset_inputs.input")
      .select(["vectors.input", "vectors.row"])
      .where("dataset_inputs.dataset", "=", dataset)
      .where("vectors.space", "=", space)
      .orderBy("vectors.row")
      .execute();
    const places = new Set(spread(count, rows.length));
    return rows.filter((_, i) => places.has(i));
  }

  async #labelled({ space, dataset }: Scope, concept: number) {
    let query = this.#db
      .selectFrom("labels")
      .innerJoin("annotations", "annotations.row", "labels.annotation")
      .innerJoin("vectors", "vectors.input", "annotations.input")
      .select(["vectors.input", "vectors.row", ({ fn }) => fn.max("labels.value").as("value")])
      .where("labels.concept", "=", concept)
      .where("annotations.status_code", "=", SUCCESS)
      .where("annotations.trusted", "=", 1)
      .where("vectors.space", "=", space)
      .groupBy(["vectors.input", "vectors.row"])
      .orderBy("vectors.row", "desc");
    if (dataset !== undefined) {
      query = query.where("vectors.input", "in", (eb) =>
        eb.selectFrom("dataset_inputs").select("input").where("dataset", "=", dataset),
      );
    }
    return query.execute();
  }
}

type VectorOfInput = { readonly input: number; readonly row: number };

/** `count` whole numbers from 0 to below `end`, some of them equal. */
function spread(count: number, end: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => Math.floor(((i * GOLDEN_RATIO) % 1) * end));
}
