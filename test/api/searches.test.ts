import { expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import { LIMITS } from "../../src/limits.ts";
import { call, type Started, start } from "./start.ts";

const search = ({ url }: Started, query: unknown, more = {}, pagination = {}) =>
  call(`${url}/v2/inputs/searches`, "POST", { searches: [{ query, ...more }], pagination });

test("translates every kind of rank", async () => {
  const server = await start();
  await search(server, {
    ranks: [
      { annotation: { data: { image: { base64: "AAAA" } } } },
      { annotation: { input_id: "a" }, negate: true },
      { annotation: { data: { concepts: [{ id: "ai_dog" }, { name: "Big Cat", value: 0 }] } } },
      { annotation: { data: { text: { raw: "two dogs" } } } },
      { annotation: { data: { embeddings: [{ vector: [1, 0, 0.5, 0], num_dimensions: 4 }] } } },
    ],
  });
  expect(server.engine.searches[0]?.ranks).toEqual([
    { kind: "image", weight: 1, bytes: new Uint8Array(3) },
    { kind: "input", weight: -1, inputId: "a" },
    { kind: "concept", weight: 1, concept: "ai_dog" },
    { kind: "concept", weight: -1, concept: "Big Cat" },
    { kind: "text", weight: 1, text: "two dogs" },
    { kind: "vector", weight: 1, vector: Float32Array.of(1, 0, 0.5, 0) },
  ]);
});

test("treats empty ranks and filters as none", async () => {
  const server = await start();
  const { json } = await search(server, {
    ranks: [{}, { annotation: {} }, { annotation: { data: { image: {}, metadata: {} } } }],
    filters: [{}, { annotation: {}, input: {} }, { input: { data: {} } }, { negate: true }],
  });
  expect(json.status.code).toBe(10000);
  expect(server.engine.searches[0]).toMatchObject({ ranks: [], filters: [] });
});

test("always answers with hits and the total", async () => {
  const server = await start();
  const none = await search(server, {});
  expect(none.json.hits).toEqual([]);
  for (const id of ["a", "b", "c"]) server.engine.put({ id });
  const { json } = await search(server, {}, {}, { page: 2, per_page: 2 });
  expect(json.hits.map((hit: { input: { id: string } }) => hit.input.id)).toEqual(["a"]);
  expect(json.hit_counts).toEqual([{ estimated_total: "3" }]);
  const past = await search(server, {}, {}, { page: 3, per_page: 2 });
  expect(past.json.hits).toEqual([]);
});

test("counts without hits where only the count is asked for", async () => {
  const { url, engine } = await start();
  engine.put({ id: "a" });
  const { json } = await call(`${url}/v2/inputs/searches`, "POST", { only_count: true });
  expect(json.hits).toEqual([]);
  expect(json.hit_counts).toEqual([{ estimated_total: "1" }]);
});

test("pages by 128, and by 1000 at most", async () => {
  const server = await start();
  await search(server, {});
  expect(server.engine.searches[0]).toMatchObject({ offset: 0, limit: LIMITS.pageSize });
  await search(server, {}, {}, { page: 1000, per_page: 1000 });
  expect(server.engine.searches[1]).toMatchObject({ offset: 999_000, limit: 1000 });
  const over = await search(server, {}, {}, { per_page: 1001 });
  expect(over.json.status.code).toBe(40002);
  const far = await search(server, {}, {}, { page: 1001, per_page: 1000 });
  expect(far.status).toBe(400);
  expect(far.json.status.details).toContain("page * perPage cannot exceed 1000000");
});

test("translates every kind of filter", async () => {
  const server = await start();
  const geo = (more: object) => ({ annotation: { data: { geo: more } } });
  const center = { latitude: 40, longitude: -29 };
  await search(server, {
    filters: [
      { annotation: { input_id: "a" } },
      { input: { status: { code: 30000 } } },
      { input: { dataset_ids: ["d1", "d2"] }, negate: true },
      { input: { data: { image: {} } } },
      { annotation: { data: { concepts: [{ id: "x" }, { name: "y", value: 0 }] } } },
      { annotation: { data: { metadata: { a: 1, b: { c: ["d"] } } } } },
      geo({ geo_point: center, geo_limit: { type: "withinKilometers", value: 100 } }),
      geo({ geo_box: [{ geo_point: center }, { geo_point: { latitude: 1, longitude: 2 } }] }),
      { last_updated_time_range: { start_time: "2020-01-01T00:00:00Z" } },
    ],
  });
  expect(server.engine.searches[0]?.filters).toEqual([
    { anyOf: [], annotation: { inputId: "a" }, negate: false },
    { anyOf: [{ kind: "status", statuses: ["processed"] }], negate: false },
    { anyOf: [{ kind: "datasets", ids: ["d1", "d2"] }], negate: true },
    { anyOf: [{ kind: "all" }], negate: false },
    {
      anyOf: [
        { kind: "concept", id: "x", name: "", isPresent: true },
        { kind: "concept", id: "", name: "y", isPresent: false },
      ],
      negate: false,
    },
    {
      anyOf: [
        { kind: "metadata", contains: { a: 1 } },
        { kind: "metadata", contains: { b: { c: ["d"] } } },
      ],
      negate: false,
    },
    { anyOf: [{ kind: "radius", center, radiusKm: 100 }], negate: false },
    { anyOf: [{ kind: "box", corners: [center, { latitude: 1, longitude: 2 }] }], negate: false },
    {
      anyOf: [],
      annotation: { modified: { from: new Date("2020-01-01T00:00:00Z") } },
      negate: false,
    },
  ]);
});

test("knows four units of distance", async () => {
  const server = await start();
  for (const type of ["withinMiles", "withinKilometers", "withinRadians", "withinDegrees"]) {
    const geo = { geo_point: { latitude: 0, longitude: 0 }, geo_limit: { type, value: 2 } };
    await search(server, { filters: [{ annotation: { data: { geo } } }] });
  }
  const radii = server.engine.searches.map(({ filters: [filter] }) => filter?.anyOf[0]);
  expect(radii.map((condition) => condition?.kind === "radius" && condition.radiusKm)).toEqual([
    expect.closeTo(3.218688),
    2,
    expect.closeTo(12742.0176),
    expect.closeTo(222.3902),
  ]);
});

test("asks for annotations as their qualifiers say", async () => {
  const server = await start();
  await call(`${server.url}/v2/annotations/searches`, "POST", {
    searches: [
      {
        query: {
          filters: [
            {
              annotation: {
                id: "n",
                worker: { user: { id: "u" } },
                annotation_info: { k: 1 },
                status: { code: 24150 },
                data: { regions: [{ region_info: { bounding_box: {} } }] },
              },
            },
            { annotation: { data: {} } },
          ],
        },
      },
    ],
  });
  expect(server.engine.searches[0]).toMatchObject({
    hitsAre: "annotations",
    filters: [
      {
        anyOf: [],
        annotation: {
          id: "n",
          userId: "me",
          info: { k: 1 },
          statusCode: 24150,
          shape: "bounding_box",
        },
      },
      { anyOf: [], annotation: { shape: "none" } },
    ],
  });
});

test("finds no video, but what else the same filter allows", async () => {
  const server = await start();
  const data = { video: {}, audio: {} };
  await search(server, { filters: [{ input: { data, status: { code: 30000 } } }] });
  expect(server.engine.searches[0]?.filters[0]?.anyOf).toEqual([
    { kind: "status", statuses: ["processed"] },
    { kind: "none" },
  ]);
});

test.each([
  [{ ranks: [{ annotation: { task_id: "x" } }] }, "annotation.task_id"],
  [{ ranks: [{ annotation: { data: { clusters: [{ id: "x" }] } } }] }, "data.clusters.id"],
  [{ filters: [{ annotation: { data: { clusters: [{ id: "x" }] } } }] }, "data.clusters.id"],
  [{ filters: [{ annotation: { data: { concepts: [{ value: 1 }] } } }] }, "concepts"],
  [
    { filters: [{ annotation: { data: { concepts: [{ id: "x", value: 0.5 }] } } }] },
    "concepts.value",
  ],
  [
    {
      filters: [
        {
          annotation: {
            data: { geo: { geo_point: {}, geo_limit: { type: "withinFeet", value: 1 } } },
          },
        },
      ],
    },
    "geo_limit.type",
  ],
  [{ filters: [{ annotation: { data: { geo: { geo_point: {} } } } }] }, "geo_limit.type"],
  [
    {
      filters: [
        {
          annotation: {
            data: {
              geo: {
                geo_point: { latitude: 91 },
                geo_limit: { type: "withinMiles", value: 1 },
              },
            },
          },
        },
      ],
    },
    "geo_point",
  ],
  [{ filters: [{ annotation: { data: { geo: { geo_box: [{}] } } } }] }, "geo_box"],
  [{ filters: [{ input: { status: { code: 5 } } }] }, "status.code"],
  [{ ands: [{ output: { data: { text: { raw: "x" } } } }] }, "output.data.text"],
  [
    { language: "xx", ranks: [{ annotation: { data: { concepts: [{ name: "x" }] } } }] },
    "query.language",
  ],
  [
    { ranks: [{ annotation: { data: { concepts: [{ id: "x", value: 0.5 }] } } }] },
    "concepts.value",
  ],
  [
    { ranks: [{ annotation: { data: { embeddings: [{ vector: [1, 2] }] } } }] },
    "embeddings.vector",
  ],
])("names the field it cannot search by: %j", async (query, field) => {
  const server = await start();
  const { status, json } = await search(server, query);
  expect(status).toBe(400);
  expect([40002, 11102]).toContain(json.status.code);
  expect(json.status.description).toContain(field);
  expect(server.engine.searches).toEqual([]);
});

test("looks into the past by what was annotated then", async () => {
  const server = await start();
  await search(server, {}, { as_of: "2020-01-01T00:00:00Z" });
  expect(server.engine.searches[0]?.filters).toEqual([
    { anyOf: [], annotation: { modified: { to: new Date("2020-01-01T00:00:00Z") } } },
  ]);
});

test("takes metric and algorithm as the SDKs send them", async () => {
  const server = await start();
  const { json } = await search(
    server,
    {},
    { metric: "COSINE_DISTANCE", algorithm: "nearest_neighbor" },
  );
  expect(json.status.code).toBe(10000);
});

test("passes min_value on, between 0 and 1", async () => {
  const server = await start();
  await search(server, {}, { min_value: 1 });
  expect(server.engine.searches[0]?.minScore).toBe(1);
  expect((await search(server, {}, { min_value: 1.01 })).json.status.code).toBe(40002);
  expect((await search(server, {}, { min_value: -0.01 })).json.status.code).toBe(40002);
});

test("takes 64 terms and a caption of 10000 characters, and not one more", async () => {
  const server = await start();
  const texts = (count: number, length: number) => ({
    ranks: Array.from({ length: count }, () => ({
      annotation: { data: { text: { raw: "x".repeat(length) } } },
    })),
  });
  const code = async (query: unknown) => (await search(server, query)).json.status.code;
  expect(await code(texts(LIMITS.queryTerms, 1))).toBe(10000);
  expect(await code(texts(LIMITS.queryTerms + 1, 1))).toBe(40002);
  expect(await code(texts(1, LIMITS.textLength))).toBe(10000);
  expect(await code(texts(1, LIMITS.textLength + 1))).toBe(40002);
});

test("says with 43004 that an input is not indexed", async () => {
  const server = await start();
  server.engine.failure = new AppError(
    "not_indexed",
    "Can only search by a fully indexed input but received a.",
  );
  const { json } = await search(server, { ranks: [{ annotation: { input_id: "a" } }] });
  expect(json.status.code).toBe(43004);
});

test("understands the old form of a search", async () => {
  const { url, engine } = await start();
  const old = (ands: unknown[]) => call(`${url}/v2/searches`, "POST", { query: { ands } });
  await old([
    { output: { input: { data: { image: { base64: "AAAA" } } } } },
    { output: { input: { data: { image: { url: "https://x/y.jpg" } } } } },
    { output: { input: { data: { image: {} }, id: "d1" } } },
    { output: { data: { concepts: [{ name: "dog" }] } }, negate: true },
    { input: { id: "d1", data: { image: {} } } },
    { input: { data: { image: { url: "https://x/y.jpg" } } } },
    { input: { data: { metadata: { a: 1 } } }, negate: true },
    { input: { data: { geo: GEO } }, negate: true },
    { annotation: { user_id: "u", data: { concepts: [{ id: "x" }], metadata: { b: 2 } } } },
  ]);
  expect(engine.searches[0]?.ranks).toEqual([
    { kind: "image", weight: 1, bytes: new Uint8Array(3) },
    { kind: "url", weight: 1, url: "https://x/y.jpg" },
    { kind: "input", weight: 1, inputId: "d1" },
    { kind: "concept", weight: -1, concept: "dog" },
  ]);
  const annotation = { userId: "me" };
  expect(engine.searches[0]?.filters).toEqual([
    { anyOf: [{ kind: "ids", ids: ["d1"] }], negate: false },
    { anyOf: [{ kind: "url", url: "https://x/y.jpg" }], negate: false },
    { anyOf: [{ kind: "metadata", contains: { a: 1 } }], negate: true },
    {
      anyOf: [{ kind: "radius", center: { latitude: 1, longitude: 2 }, radiusKm: 3 }],
      negate: true,
    },
    {
      anyOf: [{ kind: "concept", id: "x", name: "", isPresent: true }],
      annotation,
      negate: false,
    },
    { anyOf: [{ kind: "metadata", contains: { b: 2 } }], annotation, negate: false },
  ]);
});

test("negates no two fields of the old form together", async () => {
  const { url } = await start();
  const ands = [{ input: { id: "a", data: { metadata: { b: 1 } } }, negate: true }];
  const { json } = await call(`${url}/v2/searches`, "POST", { query: { ands } });
  expect(json.status.code).toBe(40002);
  expect(json.status.description).toContain("query.ands[0]");
});

test("finds the old data.url by the image's URL", async () => {
  const { url, engine } = await start();
  const query = { ands: [null, { input: { data: { url: "https://x/y.jpg" } } }] };
  const filters = [{ anyOf: [{ kind: "url", url: "https://x/y.jpg" }], negate: false }];
  await call(`${url}/v2/searches`, "POST", { query });
  await call(`${url}/v2/searches`, "POST", { searches: [{ query }] });
  expect(engine.searches.map((search) => search.filters)).toEqual([filters, filters]);
});

test.each([
  "http://localhost:8484/originals/a%20b?name=x.jpg",
  "https://pictures.example/thumbnails/a%20b?v=0123",
])("knows the input of its own URL %s", async (own) => {
  const server = await start();
  await search(server, { filters: [{ annotation: { data: { image: { url: own } } } }] });
  expect(server.engine.searches[0]?.filters[0]?.anyOf).toEqual([
    { kind: "url", url: own },
    { kind: "ids", ids: ["a b"] },
  ]);
});

const GEO = {
  geo_point: { latitude: 1, longitude: 2 },
  geo_limit: { type: "withinKilometers", value: 3 },
};

test("finds concepts by wildcard, page by page", async () => {
  const { url } = await start();
  const find = (name: string, pagination = {}) =>
    call(`${url}/v2/concepts/searches`, "POST", { concept_query: { name }, pagination });
  const { json } = await find("do*");
  expect(json.concepts[0]).toMatchObject({ id: "ai_dog", name: "dog", value: 1 });
  const second = await find("do*", { page: 2, per_page: 1 });
  expect(second.json.concepts.map((concept: { name: string }) => concept.name)).toEqual([
    "dog house",
  ]);
});
