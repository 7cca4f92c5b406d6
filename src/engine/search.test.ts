import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../../test/fixtures/engine.ts";
import { drawEmoji } from "../../test/fixtures/pictures.ts";
import { newSpace } from "../../test/fixtures/spaces.ts";
import { LIMITS } from "../limits.ts";
import type { App } from "./engine.ts";
import { Indexes } from "./indexes.ts";
import type { AppConcept } from "./library/app-concepts.ts";
import type { Condition, Rank, SearchRequest } from "./query.ts";
import { ScanPool } from "./scan-pool.ts";
import { Search } from "./search.ts";
import { openDatabase } from "./sqlite.ts";
import { Store } from "./store.ts";
import { Thread } from "./thread.ts";
import type { TrainedConcept } from "./training/model-record.ts";

// Images look along one of the axes, so that scores tell what they were compared with.
const AXES = ["x", "y", "z", "w"] as const;
type Axis = (typeof AXES)[number];

const axis = (name: Axis): Float32Array =>
  Float32Array.from(AXES, (each) => (each === name ? 1 : 0));

const [picture] = await drawEmoji(1);
const fetched: string[] = [];
const trained: TrainedConcept[] = [];
const labelled = new Map<string, TrainedConcept>();
const codecs = new Thread("codec-worker");
const folder = temporaryFolder();
const store = Store.open(folder);
let pool: ScanPool;
let indexes: Indexes;
let search: Search;
let space: number;
/** Of the one concept: ids. */
const kinds = new Set<string>();

beforeAll(async () => {
  pool = await ScanPool.open(1);
  space = await newSpace(store, "axes", AXES.length);
  indexes = new Indexes(folder, store.vectors, pool, space, AXES.length, (error) => {
    throw error;
  });
  search = new Search({
    store,
    indexes,
    objectIndexes: indexes,
    space,
    codecs,
    encoder: {
      dim: AXES.length,
      encodeImages: async () => axis("z"),
      encodeTexts: async () => axis("y"),
    },
    // One concept, along w.
    concepts: Promise.resolve({
      find: (concept) => (["dog", "ai_dog"].includes(concept.toLowerCase()) ? 0 : undefined),
      embedding: () => axis("w"),
      value: (cosine) => 1 / (1 + Math.exp(10 * (1 - cosine))),
      kindsOf: () => kinds,
      describing: () => undefined,
      mean: new Float32Array(AXES.length),
      some: [],
    }),
    models: {
      trained: async () => trained,
      fromLabels: async (_app, { id }: AppConcept) => labelled.get(id),
    },
    calibration: { slope: 10, threshold: 1 },
    fetchImage: async (url) => {
      fetched.push(url);
      return picture?.bytes ?? new Uint8Array();
    },
    readExample: async () => new Uint8Array(),
  });
});
afterAll(async () => {
  await indexes.close();
  await Promise.all([pool.close(), codecs.close()]);
  store.close();
});

/** An app of its own with an indexed input for each axis, of its name. */
async function open(id: string, baseWorkflow = "Universal"): Promise<App> {
  const app = await store.apps.create("me", { id, baseWorkflow });
  const rows = AXES.map((name) => ({ id: name, name, size_bytes: 1 }));
  const inputs = await store.queue.add(app, rows);
  const about = { sha256: "", sizeBytes: 1, widthPx: 1, heightPx: 1, format: "jpeg" };
  const processed = inputs.map((input) => {
    const encoded = [{ space, vector: axis(input.id as Axis), predictions: [] }];
    return { input, ...about, encoded };
  });
  await indexes.apply(await store.queue.complete(processed));
  return app;
}

/** Gives an input of an app predictions, or another file name. */
async function tell(
  app: App,
  id: string,
  about: { readonly name?: string; readonly predicted?: readonly (readonly [string, number])[] },
): Promise<void> {
  const database = openDatabase(join(folder, "semblance.db"));
  const { row } = (await store.input(app, id))!;
  if (about.name !== undefined)
    database.prepare("UPDATE inputs SET name = ? WHERE row = ?").run(about.name, row);
  if (about.predicted)
    database
      .prepare("INSERT OR REPLACE INTO predictions (input, space, concepts) VALUES (?, ?, ?)")
      .run(row, space, JSON.stringify(about.predicted));
  database.close();
}

const run = (app: App, request: Partial<SearchRequest>) =>
  search.search(app, { ranks: [], filters: [], offset: 0, limit: 10, ...request });

/** The first hit of one rank, with its score. */
async function first(app: App, rank: Rank | string, weight = 1): Promise<string> {
  const asked =
    typeof rank === "string" ? ({ kind: "concept", concept: rank, weight } as const) : rank;
  const [hit] = (await run(app, { ranks: [asked] })).hits;
  return `${hit?.input.id} ${hit?.score.toFixed(3)}`;
}

describe("beside the vector count", () => {
  test("words of a caption that are written about a picture", async () => {
    const app = await open("words");
    const ranks = [{ kind: "text", text: "a birthday party", weight: 1 }] as const;
    const ids = async () => (await run(app, { ranks })).hits.map(({ input }) => input.id);
    expect(await ids()).toEqual(["y", "x", "z", "w"]); // the encoder says y to all texts
    await tell(app, "w", { name: "Birthday-Party_0001.jpg" });
    await tell(app, "z", { name: "party.jpg" });
    expect(await ids()).toEqual(["w", "z", "y", "x"]);
    const filters = [{ anyOf: [{ kind: "words", phrase: "birthday party" }] }] as const;
    expect((await run(app, { filters })).hits.map(({ input }) => input.id)).toEqual(["w"]);
    expect((await run(app, { filters, ranks })).total).toBe(1);
    const none = [{ anyOf: [{ kind: "words", phrase: "party birthday" }] }] as const;
    expect((await run(app, { filters: none })).total).toBe(0);
    const empty = [{ anyOf: [{ kind: "words", phrase: "!?" }] }] as const;
    expect((await run(app, { filters: empty })).total).toBe(0);
    const negated = [{ anyOf: filters[0].anyOf, negate: true }];
    expect((await run(app, { filters: negated })).total).toBe(3);
  });

  test("predicted kinds of the concept", async () => {
    const app = await open("kinds");
    kinds.add("ai_poodle").add("ai_beagle");
    await tell(app, "x", {
      predicted: [
        ["ai_poodle", 0.6],
        ["ai_beagle", 0.5],
        ["ai_cat", 0.9],
      ],
    });
    await tell(app, "z", { predicted: [["ai_beagle", 0.4]] });
    const ranks = [{ kind: "concept", concept: "dog", weight: 1 }] as const;
    const { hits } = await run(app, { ranks });
    kinds.clear();
    expect(hits.map(({ input }) => input.id)).toEqual(["x", "w", "z", "y"]);
    // 1 - 0.4 * 0.5, and next to nothing of its own
    expect(hits[0]?.score).toBeCloseTo(0.8, 3);
  });
});

describe("a concept is", () => {
  test("the vocabulary's, by id or name, with or without #", async () => {
    const app = await open("vocabulary");
    expect(await first(app, "dog")).toBe("w 0.500");
    expect(await first(app, " #DOG ")).toBe("w 0.500");
    expect(await first(app, "ai_dog")).toBe("w 0.500");
    await expect(first(app, "#unicorn")).rejects.toMatchObject({
      code: "invalid_search",
      details: { concept: "unicorn" },
    });
  });

  test("scored as not there where it is not wanted", async () => {
    const app = await open("negated");
    const { hits } = await run(app, { ranks: [{ kind: "concept", concept: "dog", weight: -1 }] });
    expect(hits.map(({ input, score }) => `${input.id} ${score.toFixed(3)}`)).toEqual([
      "x 1.000",
      "y 1.000",
      "z 1.000",
      "w 0.500",
    ]);
  });

  test("the app's trained one before the vocabulary's", async () => {
    const app = await open("trained");
    trained.push({ id: "Mine", name: "Dog", modelId: "m", vector: axis("x"), scale: 2, bias: -1 });
    const found = [await first(app, "dog"), await first(app, "#mine"), await first(app, "ai_dog")];
    trained.length = 0;
    expect(found).toEqual(["x 0.731", "x 0.731", "w 0.500"]); // sigmoid(2 * 1 - 1)
  });

  test("an own one: as the vocabulary's of its name, by its labels, by the words of its name", async () => {
    const app = await open("own");
    await store.concepts.create(app, [
      { id: "id-dog", name: "Dog" },
      { id: "id-cat", name: "My Cat" },
      { id: "id-cow", name: "My Cow" },
    ]);
    const cat = { id: "id-cat", name: "My Cat", modelId: "", vector: axis("x"), scale: 1, bias: 0 };
    labelled.set("id-cat", cat);
    expect(await first(app, "id-dog")).toBe("w 0.500");
    expect(await first(app, "my cat")).toBe("x 0.731");
    expect(await first(app, "id-cow")).toBe("y 0.500"); // by its text, valued as the vocabulary is
    await expect(first(await open("other"), "my cow")).rejects.toMatchObject({
      code: "invalid_search",
    });
  });
});

test("an image is fetched from its URL", async () => {
  const app = await open("url");
  expect(await first(app, { kind: "url", url: "https://example.com/a.jpg", weight: 1 })).toBe(
    "z 1.000",
  );
  expect(fetched).toEqual(["https://example.com/a.jpg"]);
});

test("an input finds itself first, one that is not indexed is refused", async () => {
  const app = await open("input");
  await store.queue.add(app, [{ id: "new", name: "", size_bytes: 1 }]);
  expect(await first(app, { kind: "input", inputId: "y", weight: 1 })).toBe("y 1.000");
  const reject = (inputId: string) =>
    expect(first(app, { kind: "input", inputId, weight: 1 })).rejects;
  await reject("new").toMatchObject({
    code: "not_indexed",
    message: expect.stringContaining("which is pending"),
  });
  await reject("missing").toMatchObject({
    code: "not_indexed",
    message: expect.stringContaining("which does not exist"),
  });
});

describe("the base workflow", () => {
  const text: Rank = { kind: "text", text: "words", weight: 1 };
  const input: Rank = { kind: "input", inputId: "x", weight: 1 };

  test("Empty ranks nothing, but filters", async () => {
    const app = await open("empty", "Empty");
    for (const rank of [text, input, { kind: "concept", concept: "dog", weight: 1 } as const]) {
      await expect(first(app, rank)).rejects.toMatchObject({
        code: "invalid_search",
        message:
          "Expected a base workflow that can rank for app empty but received Empty. " +
          "Change the app's base workflow to Universal.",
      });
    }
    expect((await run(app, {})).total).toBe(4);
  });

  test("General ranks by image and concept, not by caption", async () => {
    const app = await open("general", "General");
    expect(await first(app, input)).toBe("x 1.000");
    expect(await first(app, "dog")).toBe("w 0.500");
    await expect(run(app, { ranks: [input, text] })).rejects.toMatchObject({
      code: "invalid_search",
      message: expect.stringMatching(/captions.*received General.*Universal/),
    });
  });

  test("any other ranks by caption, too", async () => {
    expect(await first(await open("food", "Food"), text)).toBe("y 1.000");
  });
});

test("filters come before ranks and see what was just written", async () => {
  const app = await open("captioned");
  const ranks: Rank[] = [{ kind: "input", inputId: "x", weight: 1 }];
  const dog: Condition = { kind: "concept", id: "", name: "dog", isPresent: true };
  const filters = [{ anyOf: [dog] }];
  const ids = async (request: Partial<SearchRequest>) => {
    const { hits, total } = await run(app, { filters, ...request });
    expect(total).toBe(hits.length);
    return hits.map(({ input }) => input.id).join("");
  };
  const label = (id: string, value: number) =>
    store.annotations.patchInputs(app, [{ id, labels: [{ name: "dog", value }] }], "merge");
  expect([await ids({}), await ids({ ranks })]).toEqual(["", ""]);
  await label("y", 1);
  await label("x", 1);
  expect([await ids({}), await ids({ ranks })]).toEqual(["yx", "xy"]);
  await label("x", 0);
  expect([await ids({}), await ids({ ranks })]).toEqual(["y", "y"]);
  await store.deleteInputs(app, ["y"]);
  expect([await ids({}), await ids({ ranks })]).toEqual(["", ""]);
});

test("an app that takes the place of a deleted one does not get its hits", async () => {
  const ranks: Rank[] = [{ kind: "vector", vector: axis("x"), weight: 1 }];
  for (const id of ["former", "latter"]) {
    const app = await open(id);
    expect(await run(app, { ranks })).toMatchObject({
      total: 4,
      hits: AXES.map((name) => ({ input: { id: name } })),
    });
    await store.deleteApp(app);
    await indexes.forget(app);
  }
});

test("annotations are hits with their input and its score, all of one input together", async () => {
  const app = await open("annotations");
  await store.annotations.create(app, [
    { inputId: "y", id: "1" },
    { inputId: "x", id: "2" },
    { inputId: "x", id: "3" },
  ]);
  const request = {
    hitsAre: "annotations",
    filters: [{ anyOf: [], annotation: { isInputLevel: false } }],
  } as const;
  const ranked = await run(app, {
    ...request,
    ranks: [{ kind: "input", inputId: "x", weight: 1 }],
  });
  const shown = ranked.hits.map(({ input, annotation, score }) => [
    input.id,
    annotation?.id,
    score,
  ]);
  expect(shown).toEqual([
    ["x", "2", 1],
    ["x", "3", 1],
    ["y", "1", 0.5],
  ]);
  expect(ranked.total).toBe(3);
  const listed = await run(app, request);
  expect(listed.hits.map(({ annotation }) => annotation?.id)).toEqual(["3", "2", "1"]);
});

test("takes as many conditions as one statement can", async () => {
  const app = await open("limits");
  const conditions = (count: number): Condition[] =>
    Array.from({ length: count }, (_, i) => ({ kind: "metadata", contains: { [`k${i}`]: 1 } }));
  for (const hitsAre of ["inputs", "annotations"] as const) {
    const filters = [{ anyOf: conditions(LIMITS.queryConditions) }];
    expect((await run(app, { filters, hitsAre })).total).toBe(0);
  }
  const filters = [{ anyOf: conditions(LIMITS.queryConditions) }, { anyOf: conditions(1) }];
  await expect(run(app, { filters })).rejects.toMatchObject({
    code: "invalid_search",
    message: "Expected at most 200 for conditions in the filters but received 201.",
  });
  const many = Array.from({ length: LIMITS.queryTerms }, () => ({ anyOf: [] }));
  expect((await run(app, { filters: many })).total).toBe(4);
  await expect(run(app, { filters: [...many, { anyOf: [] }] })).rejects.toMatchObject({
    code: "invalid_search",
  });
});

test("gives ids alone, in the order of the hits", async () => {
  const app = await open("ids");
  const rank = { kind: "concept", concept: "dog", weight: 1 } as const;
  const not = (id: string) => ({
    anyOf: [{ kind: "ids" as const, ids: [id] }],
    negate: true,
  });
  const requests: Partial<SearchRequest>[] = [
    {},
    { filters: [not("y")] },
    { offset: 1, limit: 2 },
    { ranks: [rank] },
    { ranks: [rank], filters: [not("w")], offset: 1 },
    { ranks: [rank], minScore: 0.4 },
  ];
  for (const request of requests) {
    const { hits } = await run(app, request);
    expect(hits.length).toBeGreaterThan(0);
    const whole = { ranks: [], filters: [], offset: 0, limit: 10, ...request };
    expect(await search.ids(app, whole)).toEqual(hits.map(({ input }) => input.id));
  }
  const empty = { ranks: [{ ...rank, concept: "unicorn" }], filters: [], offset: 0, limit: 10 };
  await expect(search.ids(app, empty)).rejects.toMatchObject({ code: "invalid_search" });
});

describe("near-duplicates", () => {
  // "x" and "y" lie in one group, which "y" leads.
  async function openGroup(id: string): Promise<App> {
    const app = await open(id);
    const rows = new Map<string, number>();
    for (const input of await store.inputs(app, { offset: 0, limit: 10 }))
      rows.set(input.id, input.row);
    const database = openDatabase(join(folder, "semblance.db"));
    const insert = database.prepare("INSERT INTO near_copies VALUES (?, ?, ?)");
    for (const member of ["x", "y"]) insert.run(rows.get(member)!, app.row, rows.get("y")!);
    database.close();
    // What another connection writes is seen with the next write of our own.
    await store.datasets.create(app, { id: "written" });
    return app;
  }
  const isNot = (id: string) => ({ anyOf: [{ kind: "ids" as const, ids: [id] }], negate: true });
  const shown = async (app: App, request: Partial<SearchRequest>) => {
    const { hits, total } = await run(app, { isCollapsed: true, ...request });
    expect(total).toBe(hits.length);
    return hits.map(({ input, copies }) => `${input.id}${copies}`).join(" ");
  };
  const ranks: Rank[] = [{ kind: "input", inputId: "x", weight: 1 }];

  test("are one hit, their leader or who passes, with and without ranks", async () => {
    const app = await openGroup("group");
    expect(await shown(app, {})).toBe("w0 z0 y1");
    expect(await shown(app, { ranks })).toBe("y1 z0 w0");
    expect(await shown(app, { filters: [isNot("y")] })).toBe("w0 z0 x0");
    expect(await shown(app, { ranks, filters: [isNot("y")] })).toBe("x0 z0 w0");
    expect((await run(app, {})).hits[0]).not.toHaveProperty("copies");
  });

  test("are all meant by the ids of a search", async () => {
    const app = await openGroup("members");
    const ids = (request: Partial<SearchRequest>) =>
      search.ids(app, { ranks: [], filters: [], offset: 0, limit: 10, ...request });
    expect(await ids({ isCollapsed: true })).toEqual(["w", "z", "y", "x"]);
    expect(await ids({ isCollapsed: true, ranks })).toEqual(["y", "x", "z", "w"]);
    expect(await ids({ ranks, isRelevantOnly: true })).toEqual(["x"]);
  });
});

test("good matches come first, by date if that is the order", async () => {
  const app = await open("relevant");
  const ranks: Rank[] = [{ kind: "concept", concept: "dog", weight: -1 }]; // all but w are surely no dog
  const found = async (request: Partial<SearchRequest>) => {
    const { hits, total, relevant } = await run(app, { ranks, ...request });
    return [hits.map(({ input }) => input.id).join(""), total, relevant];
  };
  expect(await found({})).toEqual(["xyzw", 4, 4]);
  const wanted: Rank[] = [{ kind: "concept", concept: "dog", weight: 1 }];
  expect(await found({ ranks: wanted })).toEqual(["wxyz", 4, 1]);
  expect(await found({ ranks: wanted, order: "newest" })).toEqual(["wxyz", 4, 1]);
  expect(await found({ order: "newest" })).toEqual(["wzyx", 4, 4]);
  expect(await found({ order: "oldest", minScore: 0.6 })).toEqual(["xyz", 3, 3]);
  expect(await found({ ranks: wanted, isRelevantOnly: true })).toEqual(["w", 1, 1]);
  expect((await run(app, {})).relevant).toBeUndefined();
});
