// What people say about inputs, through REST and over a real engine: labels, metadata, places, regions.
import { afterAll, beforeAll, expect, test } from "vitest";
import { settled } from "../fixtures/engine.ts";
import { drawEmoji } from "../fixtures/pictures.ts";
import { call, type StartedReal, startReal } from "./start.ts";

let server: StartedReal;
let pictures: readonly string[];

beforeAll(async () => {
  server = await startReal();
  pictures = (await drawEmoji(8)).map(({ bytes }) => bytes.toString("base64"));
});
afterAll(() => server.close());

const api = (path: string, method = "GET", body?: unknown) =>
  call(`${server.url}/v2/${path}`, method, body);

const post = (id: string, picture: number, data: object = {}, more: object = {}) =>
  api("inputs", "POST", {
    inputs: [{ id, data: { image: { base64: pictures[picture] }, ...data }, ...more }],
  });

type Found = { readonly id: string; readonly value: number };
const pairs = (concepts: readonly Found[]) => concepts.map(({ id, value }) => [id, value]);
const concepts = async (id: string) =>
  pairs((await api(`inputs/${id}`)).json.input.data.concepts ?? []);

const idsOf = (json: { hits: readonly { input: { id: string } }[] }) =>
  json.hits.map(({ input }) => input.id).sort();

const search = async (filters: readonly object[], path = "inputs") => {
  const { json } = await api(`${path}/searches`, "POST", { searches: [{ query: { filters } }] });
  expect(json.status).toMatchObject({ code: 10000 });
  return idsOf(json);
};

const concept = (...concepts: readonly object[]) => ({ annotation: { data: { concepts } } });

test("an input keeps what was posted with it, zeros and short floats included", async () => {
  const { json } = await post("kept", 0, {
    concepts: [{ id: "train", value: true }, { id: "car", value: false }, { name: "Rolls Royce" }],
    metadata: { foo: "bar", list: [1, 2, 3, 4] },
    geo: { geo_point: { latitude: 42.05, longitude: -20 } },
  });
  const { data } = json.inputs[0];
  expect(pairs(data.concepts)).toEqual([
    ["train", 1],
    ["car", 0],
    [expect.any(String), 1],
  ]);
  expect(data.concepts[2].name).toBe("Rolls Royce");
  expect(data.metadata).toEqual({ foo: "bar", list: [1, 2, 3, 4] });
  expect(data.geo.geo_point).toEqual({ latitude: 42.05, longitude: -20 });
  expect((await api("inputs/kept")).json.input.data).toMatchObject({
    concepts: data.concepts,
    metadata: data.metadata,
    geo: data.geo,
  });
});

test("patches merge, overwrite and remove concepts, in order", async () => {
  await post("patched", 1, { concepts: [{ id: "one" }, { id: "two", value: 0 }] });
  const patch = async (action: string, given: readonly object[]) => {
    const inputs = [{ id: "patched", data: { concepts: given } }];
    const { json } = await api("inputs", "PATCH", { action, inputs });
    expect(json.status.code).toBe(10000);
    return pairs(json.inputs[0].data.concepts ?? []);
  };
  expect(await patch("merge", [{ id: "three" }, { id: "one", value: 0 }])).toEqual([
    ["one", 0],
    ["two", 0],
    ["three", 1],
  ]);
  expect(await patch("overwrite", [{ id: "four" }, { id: "five", value: false }])).toEqual([
    ["four", 1],
    ["five", 0],
  ]);
  expect(await patch("remove", [{ id: "four" }])).toEqual([["five", 0]]);
  expect(await concepts("patched")).toEqual([["five", 0]]);
});

test("a patch of metadata leaves the concepts, and the other way round", async () => {
  await post("both", 2, { concepts: [{ id: "stays" }], metadata: { a: { b: 1 } } });
  const patch = (data: object) =>
    api("inputs", "PATCH", { action: "merge", inputs: [{ id: "both", data }] });
  await patch({ metadata: { a: { c: 2 } } });
  await patch({ concepts: [{ id: "comes" }] });
  const { data } = (await api("inputs/both")).json.input;
  expect(data.metadata).toEqual({ a: { b: 1, c: 2 } });
  expect(pairs(data.concepts)).toEqual([
    ["stays", 1],
    ["comes", 1],
  ]);
});

test("a patch of several inputs tells for each how it went", async () => {
  await post("there", 3);
  const { json } = await api("inputs", "PATCH", {
    action: "merge",
    inputs: [
      { id: "not there", data: { concepts: [{ id: "x" }] } },
      { id: "there", data: { concepts: [{ id: "x" }] } },
      { data: { concepts: [{ id: "x" }] } },
    ],
  });
  expect(json.status.code).toBe(10010);
  const codes = json.inputs.map(({ status }: { status: { code: number } }) => status.code);
  expect([codes[0], codes[2]]).toEqual([11101, 11102]);
  expect(await concepts("there")).toEqual([["x", 1]]);
  const bad = await api("inputs", "PATCH", { action: "replace", inputs: [{ id: "there" }] });
  expect(bad.json.status).toMatchObject({ code: 11102 });
  expect(bad.json.status.description).toContain("merge, overwrite or remove");
});

test("two boxes of one input are two annotations: none is both", async () => {
  await post("boxed", 4);
  await settled(server);
  const box = (id: string) => ({
    input_id: "boxed",
    data: {
      regions: [
        {
          region_info: { bounding_box: { top_row: 0.25, bottom_row: 0.5, right_col: 1 } },
          data: { concepts: [{ id, value: 1 }] },
        },
      ],
    },
  });
  const made = await api("annotations", "POST", { annotations: [box("palm"), box("water")] });
  expect(made.json.status.code).toBe(10000);
  const region = made.json.annotations[0].data.regions[0];
  expect(region.region_info.bounding_box).toMatchObject({ top_row: 0.25, bottom_row: 0.5 });
  expect(pairs(region.data.concepts)).toEqual([["palm", 1]]);
  const [palm, water] = [concept({ id: "palm", value: 1 }), concept({ id: "water", value: 1 })];
  expect(await search([palm], "annotations")).toEqual(["boxed"]);
  expect(await search([palm, water], "annotations")).toEqual([]);
  expect(await search([palm, water])).toEqual(["boxed"]);
  const boxes = { annotation: { data: { regions: [{ region_info: { bounding_box: {} } }] } } };
  expect(await search([boxes], "annotations")).toEqual(["boxed", "boxed"]);
  const { json } = await api("annotations?input_ids=boxed");
  expect(json.annotations).toHaveLength(3); // with that of the whole
  expect(json.annotations.at(-1)).toMatchObject({ input_level: true, status: { code: 24150 } });
});

test("regions that come with an input are annotations of it", async () => {
  const regions = [
    { region_info: { point: { row: 0.5, col: 0.5 } }, data: { concepts: [{ id: "nose" }] } },
  ];
  await post("pointed", 5, { regions });
  await settled(server);
  expect(await search([concept({ id: "nose", value: 1 })])).toEqual(["pointed"]);
  const { json } = await api("annotations?input_ids=pointed");
  expect(json.annotations[0].data.regions[0].region_info.point).toMatchObject({ row: 0.5 });
});

test("annotations are patched, got and deleted; the one of the whole is only emptied", async () => {
  const { json } = await api("annotations?input_ids=kept");
  const [{ id }] = json.annotations;
  const patched = await api("annotations", "PATCH", {
    action: "merge",
    annotations: [{ id, input_id: "kept", data: { concepts: [{ id: "plane" }] } }],
  });
  expect(patched.json.status.code).toBe(10000);
  expect((await concepts("kept")).at(-1)).toEqual(["plane", 1]);
  expect((await api(`inputs/kept/annotations/${id}`)).json.annotation.id).toBe(id);
  await api(`inputs/kept/annotations/${id}`, "DELETE");
  expect(await concepts("kept")).toEqual([]);
  expect((await api("annotations?input_ids=kept")).json.annotations).toHaveLength(1);
  expect((await api("inputs/kept/annotations/none")).json.status.code).toBe(11101);
});

test("labels are found by id, by name, by either, and by their absence", async () => {
  await post("dog", 6, { concepts: [{ id: "id-dog", name: "dog" }] });
  await post("no dog", 7, { concepts: [{ id: "id-dog", value: 0 }] });
  await settled(server);
  expect(await search([concept({ id: "id-dog", value: 1 })])).toEqual(["dog"]);
  expect(await search([concept({ name: "dog", value: 1 })])).toEqual(["dog"]);
  expect(await search([concept({ name: "deer", value: 1 }, { name: "dog", value: 1 })])).toEqual([
    "dog",
  ]);
  const both = [concept({ name: "deer", value: 1 }), concept({ name: "dog", value: 1 })];
  expect(await search(both)).toEqual([]);
  const absent = await search([concept({ name: "dog", value: 0 })]);
  expect(absent).toContain("no dog");
  expect(absent).not.toContain("dog");
});

test("concepts are made, renamed, counted and found", async () => {
  const made = await api("concepts", "POST", {
    concepts: [{ id: "的な" }, { id: "porsche", name: "Porsche 911" }],
  });
  expect(made.json.concepts.map(({ name }: { name: string }) => name)).toEqual([
    "的な",
    "Porsche 911",
  ]);
  expect((await api(`concepts/${encodeURIComponent("的な")}`)).json.concept.name).toBe("的な");
  const again = await api("concepts", "POST", { concepts: [{ id: "porsche" }] });
  expect(again.json.status).toMatchObject({
    code: 40003,
    description: "Invalid request",
    details: expect.stringContaining("duplicate"),
  });
  const renamed = await api("concepts", "PATCH", {
    action: "overwrite",
    concepts: [{ id: "porsche", name: "car of my own" }],
  });
  expect(renamed.json.concepts[0]).toMatchObject({ id: "porsche", name: "car of my own" });
  const found = await api("concepts/searches", "POST", { concept_query: { name: "car of*" } });
  expect(found.json.concepts[0]).toMatchObject({ id: "porsche", app_id: "photos" });
  const listed = (await api("concepts")).json.concepts.map(({ id }: { id: string }) => id);
  expect(listed).toEqual(expect.arrayContaining(["id-dog", "porsche", "palm"]));
  const { json } = await api("concepts/status");
  const counts = json.concept_counts.find(({ id }: { id: string }) => id === "id-dog");
  expect(counts.concept_type_count).toEqual({ positive: 1, negative: 1 });
  expect((await api("concepts/nothing")).json.status.code).toBe(11101);
});

test("streams inputs page by page, by age and by id", async () => {
  const stream = async (query: string) => {
    const { json } = await api(`inputs/stream?per_page=3${query}`);
    return json.inputs.map(({ id }: { id: string }) => id);
  };
  const all = (await api("inputs")).json.inputs.map(({ id }: { id: string }) => id);
  const first = await stream("");
  expect(first).toEqual(all.slice(0, 3));
  expect(await stream(`&last_id=${first.at(-1)}`)).toEqual(all.slice(3, 6));
  const byId = [...all].sort();
  expect(await stream("&order_by_id=true")).toEqual(byId.slice(0, 3));
  const last = await stream("&order_by_id=true&descending=true");
  expect(last).toEqual(byId.reverse().slice(0, 3));
  const { status } = (await api("inputs/stream?last_id=nobody")).json;
  expect(status.code).toBe(11101);
  expect(status.details).toContain("order_by_id");
  const behind = byId.filter((id) => id < "nobody").slice(0, 3);
  expect(await stream("&order_by_id=true&descending=true&last_id=nobody")).toEqual(behind);
});

test("a saved search finds by its id what it would find now", async () => {
  const query = { filters: [concept({ id: "palm", value: 1 })] };
  const saved = await api("inputs/searches", "POST", {
    searches: [{ id: "palms", name: "Palms", save: true, query }],
  });
  expect(saved.json).toMatchObject({ status: { code: 10000 }, hits: [] });
  expect(idsOf((await api("searches/palms", "POST", {})).json)).toEqual(["boxed"]);
  expect((await api("searches/palms")).json.search).toMatchObject({ id: "palms", name: "Palms" });
  expect((await api("searches/nothing", "POST", {})).json.status.code).toBe(11101);
});
