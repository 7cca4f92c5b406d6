// Random searches over a random collection find what a loop over everything finds, in the same order.
import { afterAll, beforeAll, expect, test } from "vitest";
import { randomVectors } from "../bench/vectors.ts";
import type { App, Json } from "../src/engine/engine.ts";
import { Indexes } from "../src/engine/indexes.ts";
import type { Condition, Filter, Qualifier, Rank, SearchRequest } from "../src/engine/query.ts";
import { ScanPool } from "../src/engine/scan-pool.ts";
import { Search } from "../src/engine/search.ts";
import { Store } from "../src/engine/store.ts";
import { Thread } from "../src/engine/thread.ts";
import { COLOURS } from "../src/picture-words.ts";
import {
  CONCEPTS,
  DATASETS,
  fillCollection,
  type KnownInput,
  randomMetadata,
  randomPlace,
  SHAPES,
  SPACE,
  USERS,
} from "./fixtures/collection.ts";
import { temporaryFolder } from "./fixtures/engine.ts";
import { byOrder, naiveSearch } from "./fixtures/naive-search.ts";
import { Random } from "./fixtures/random.ts";

const INPUTS = 2000;
const QUERIES = 500;
const DIM = 24;
const EVERYTHING = { offset: 0, limit: 100_000 };
const app: App = { row: 1, userId: "me", id: "photos", baseWorkflow: "Universal" };

const folder = temporaryFolder();
const inputs = fillCollection(folder, INPUTS, DIM, 7);
const indexed = inputs.filter((input) => input.indexed !== undefined);
const vectors = randomVectors(QUERIES, DIM, 11);
const store = Store.open(folder);
let pool: ScanPool;
let indexes: Indexes;
let search: Search;

const cannot = () => Promise.reject(new Error("Nothing here needs a model."));

beforeAll(async () => {
  pool = await ScanPool.open(2);
  indexes = new Indexes(folder, store.vectors, pool, SPACE, DIM, (error) => {
    throw error;
  });
  search = new Search({
    store,
    indexes,
    objectIndexes: indexes,
    space: SPACE,
    encoder: { dim: DIM, encodeImages: cannot, encodeTexts: cannot },
    codecs: new Thread("codec-worker"), // starts with the first call
    concepts: new Promise<never>(() => undefined),
    models: { trained: cannot, fromLabels: cannot },
    fetchImage: cannot,
    calibration: { slope: 10, threshold: 0.5 },
    readExample: cannot,
  });
});
afterAll(async () => {
  await indexes.close();
  await pool.close();
  store.close();
});

test(`${QUERIES} random searches`, async () => {
  const sizes: number[] = [];
  for (let seed = 1; seed <= QUERIES; seed++) {
    const random = new Random(seed);
    const request = randomRequest(random, seed);
    const whole = await search.search(app, request);
    const about = `seed ${seed}: ${JSON.stringify(request)}`;
    const expected = expectedHits(request, whole.relevant, about);
    sizes.push(expected.length);
    expect(whole.total, about).toBe(expected.length);
    expect(keysOf(whole.hits), about).toEqual(keysOf(expected));
    const errors = whole.hits.map(({ score }, i) => Math.abs(score - (expected[i]?.score ?? -1)));
    expect(Math.max(0, ...errors), about).toBeLessThan(1e-6);
    expect(
      whole.hits.map(({ copies }) => copies ?? 0),
      about,
    ).toEqual(expected.map(({ copies = 0 }) => copies));
    await expectPages(random, request, whole.hits, about);
  }
  // The searches are worth it: they find nothing, some and most.
  expect(sizes.filter((size) => size === 0).length).toBeGreaterThan(QUERIES / 20);
  expect(sizes.filter((size) => size > 0 && size < INPUTS / 4).length).toBeGreaterThan(QUERIES / 4);
  expect(sizes.filter((size) => size >= INPUTS / 2).length).toBeGreaterThan(QUERIES / 20);
}, 60_000);

// Good matches are those that stand out: the search says how many they are, which says where they end.
function expectedHits(request: SearchRequest, relevant: number | undefined, about: string) {
  const query = toQuery(request.ranks);
  const ranked = naiveSearch(inputs, request, query);
  const isRanked = query !== undefined && request.hitsAre !== "annotations";
  expect(relevant !== undefined, about).toBe(isRanked);
  if (relevant === undefined) return ranked;
  const whole = byOrder(ranked, relevant, request.order ?? "relevance");
  return request.isRelevantOnly ? whole.slice(0, relevant) : whole;
}

type Found = {
  readonly input: { readonly id: string };
  readonly annotation?: { readonly id: string };
};

function keysOf(hits: readonly Found[]): string[] {
  return hits.map(({ input, annotation }) => `${input.id} ${annotation?.id ?? ""}`);
}

// Two pages one after the other somewhere, and one behind the end.
async function expectPages(
  random: Random,
  request: SearchRequest,
  hits: readonly Found[],
  about: string,
): Promise<void> {
  const limit = 1 + random.below(40);
  const first = random.below(Math.ceil(hits.length / limit) + 1) * limit;
  for (const offset of [first, first + limit, hits.length]) {
    const page = await search.search(app, { ...request, offset, limit });
    expect(page.total, about).toBe(hits.length);
    expect(keysOf(page.hits), about).toEqual(keysOf(hits.slice(offset, offset + limit)));
  }
}

function randomRequest(random: Random, seed: number): SearchRequest {
  const ranks = random.chance(0.5) ? randomRanks(random, seed) : [];
  return {
    ranks,
    filters: random.upTo(3, () => randomFilter(random)),
    ...(random.chance(0.6) && { hitsAre: random.pick(["inputs", "annotations"] as const) }),
    ...(random.chance(0.3) && { minScore: ranks.length > 0 ? random.between(0.3, 0.7) : 1 }),
    ...(random.chance(0.4) && { order: random.pick(["newest", "oldest", "taken"] as const) }),
    ...(random.chance(0.2) && { isRelevantOnly: true }),
    ...(random.chance(0.3) && { isCollapsed: true }),
    ...EVERYTHING,
  };
}

function randomRanks(random: Random, seed: number): Rank[] {
  const vector = vectors.slice((seed - 1) * DIM, seed * DIM);
  const weight = random.pick([1, 0.5, -1]);
  const byInput = { kind: "input" as const, inputId: random.pick(indexed).id, weight };
  return random.pick<Rank[]>([
    [byInput],
    [{ kind: "vector", vector, weight }],
    [{ kind: "vector", vector, weight: 1 }, byInput],
  ]);
}

function randomFilter(random: Random): Filter {
  return {
    anyOf: random.upTo(3, () => randomCondition(random)),
    ...(random.chance(0.4) && { annotation: randomQualifier(random) }),
    ...(random.chance(0.3) && { negate: true }),
  };
}

function randomCondition(random: Random): Condition {
  const concept = random.pick(CONCEPTS);
  const isPresent = random.chance(0.7);
  return random.pick<() => Condition>([
    () => ({ kind: random.pick(["all", "none"] as const) }),
    () => ({ kind: "ids", ids: random.upTo(20, () => `input-${random.below(INPUTS + 5)}`) }),
    () => ({ kind: "status", statuses: random.some(["processed", "pending", "failed"], 0.5) }),
    () => ({ kind: "url", url: `https://example.com/${random.below(6)}.jpg` }),
    () => ({ kind: "datasets", ids: random.some([...DATASETS, "unknown"], 0.4) }),
    () => ({ kind: "concept", id: concept.id, name: "", isPresent }),
    () => ({ kind: "concept", id: "", name: random.pick([concept.name, "DOG", "no"]), isPresent }),
    () => ({ kind: "metadata", contains: randomPart(random) }),
    () => ({
      kind: "radius",
      center: randomPlace(random),
      radiusKm: random.between(0, 1) ** 3 * 21_000,
    }),
    () => ({ kind: "box", corners: [randomPlace(random), randomPlace(random)] }),
    () => ({ kind: random.pick(["placed", "unlabeled", "unassigned"] as const) }),
    () => ({ kind: "format", formats: random.some(["jpeg", "png", "gif"], 0.5) }),
    () => ({
      kind: "date",
      of: random.pick(["added", "taken"] as const),
      ...(random.chance(0.7) && { from: new Date(random.below(10)) }),
      ...(random.chance(0.7) && { to: new Date(random.below(12)) }),
    }),
    () => ({
      kind: "shape",
      shapes: random.some(["landscape", "portrait", "square", "panorama"] as const, 0.3),
    }),
    () => ({
      kind: "pixels",
      ...(random.chance(0.7) && { least: random.pick([1, 9025, 19_900, 20_000]) }),
      ...(random.chance(0.7) && { most: random.pick([0, 9025, 19_900, 40_000]) }),
    }),
    () => ({ kind: "colour", colours: random.some(COLOURS, 0.2) }),
    () => ({
      kind: "name",
      contains: random.pick(["%_A", "img", "ö", "o\u0308l", "O", "'", "\\", "_"]),
    }),
  ])();
}

// One key, as the API asks, or several.
function randomPart(random: Random): Json {
  const metadata = randomMetadata(random);
  const key = random.pick([...Object.keys(metadata), "color"]);
  return random.chance(0.7) ? { [key]: metadata[key] ?? "red" } : metadata;
}

function randomQualifier(random: Random): Qualifier {
  const some: Qualifier = {
    isInputLevel: random.chance(0.5),
    statusCode: random.pick([24150, 24151]),
    userId: random.pick(USERS),
    modelVersionId: random.pick(["", "v"]),
    workflowVersionId: random.pick(["", "w"]),
    taskId: "t",
    isTrusted: random.chance(0.5),
    info: randomPart(random),
    shape: random.pick([...SHAPES, "none", "polygon"] as const),
    trackId: random.pick(["t1", "t2", "t"]),
    modified: {
      ...(random.chance(0.7) && { from: new Date(random.below(1000)) }),
      ...(random.chance(0.7) && { to: new Date(random.below(1000)) }),
    },
    inputId: random.pick(inputs).id,
    id: random.pick(random.pick(inputs).annotations).id,
  };
  // Mostly one: several at once leave little.
  const kept = random.some(Object.entries(some), random.chance(0.2) ? 0.2 : 0);
  return Object.fromEntries(kept.length > 0 ? kept : [random.pick(Object.entries(some))]);
}

// What the ranks ask for, in the precision that the index works in, so that the order is the same to the last bit.
function toQuery(ranks: readonly Rank[]): Float32Array | undefined {
  if (ranks.length === 0) return undefined;
  const sum = new Float32Array(DIM);
  for (const rank of ranks) {
    const vector = vectorOf(rank);
    for (let i = 0; i < DIM; i++) sum[i] = (sum[i] as number) + rank.weight * (vector[i] as number);
  }
  return toUnit(toUnit(sum));
}

function vectorOf(rank: Rank): Float32Array {
  if (rank.kind === "vector") return toUnit(rank.vector);
  const input = inputs.find(({ id }) => rank.kind === "input" && id === rank.inputId) as KnownInput;
  return input.indexed?.vector as Float32Array;
}

function toUnit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
