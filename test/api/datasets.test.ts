import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { App } from "../../src/engine/engine.ts";
import { LIMITS } from "../../src/limits.ts";
import { settled } from "../fixtures/engine.ts";
import { call, type StartedReal, startReal } from "./start.ts";

let server: StartedReal;
beforeAll(async () => {
  server = await startReal();
  const apps = ["crud", "inputs", "versions", "filters"].map((id) => ({ id }));
  await send("POST", "/users/me/apps", { apps });
});
afterAll(() => server.close());

const send = (method: string, path: string, body?: unknown) =>
  call(`${server.url}/v2${path}`, method, body);
const inApp = (app: string) => (method: string, path: string, body?: unknown) =>
  send(method, `/users/erin/apps/${app}${path}`, body);
const idsOf = (things: { id: string }[]) => things.map(({ id }) => id);
const codesOf = (things: { input: { status: { code: number } } }[]) =>
  things.map(({ input }) => input.status.code);

/** Inputs of these ids, each another colour, searchable. */
async function put(app: string, ids: readonly string[]): Promise<void> {
  const inputs = await Promise.all(
    ids.map(async (id, i) => {
      const background = { r: 40 * i, g: 90, b: 200 };
      const png = sharp({ create: { width: 8, height: 8, channels: 3, background } }).png();
      return { id, data: { image: { base64: (await png.toBuffer()).toString("base64") } } };
    }),
  );
  const { json } = await inApp(app)("POST", "/inputs", { inputs });
  expect(json.status.code).toBe(10000);
  const { engine } = server;
  await settled({ engine, app: (await engine.app("me", app)) as App });
}

test("gives back what was posted", async () => {
  const api = inApp("crud");
  const dataset = {
    id: "posted",
    description: "d",
    notes: "n",
    metadata: { a: [1, { b: "x" }] },
    visibility: { gettable: 50 },
    image: { url: "https://example.com/a.png" },
    default_annotation_filter: { id: "f" },
  };
  const { json } = await api("POST", "/datasets", { datasets: [dataset] });
  expect(json.status.code).toBe(10000);
  expect(json.datasets[0]).toMatchObject({ ...dataset, app_id: "crud", user_id: "erin" });
  const { json: got } = await api("GET", "/datasets/posted");
  expect(got.dataset).toEqual(json.datasets[0]);
});

test("makes all of a batch or none", async () => {
  const api = inApp("crud");
  await api("POST", "/datasets", { datasets: [{ id: "there" }] });
  const { status, json } = await api("POST", "/datasets", {
    datasets: [{ id: "new" }, { id: "there" }],
  });
  expect([status, json.status.code]).toEqual([400, 40010]);
  expect(json.status.description).toContain("there");
  expect((await api("GET", "/datasets/new")).json.status.code).toBe(11101);
  const unnamed = await api("POST", "/datasets", { datasets: [{ description: "no id" }] });
  expect(unnamed.json.status.code).toBe(11102);
});

test("patches by overwrite, merge and remove", async () => {
  const api = inApp("crud");
  const image = { url: "https://example.com/a.png" };
  const metadata = { a: 1, n: { x: 1 } };
  await api("POST", "/datasets", { datasets: [{ id: "p", notes: "kept", metadata, image }] });
  const patch = async (action: string, given: object) => {
    const datasets = [{ id: "p", ...given }];
    return (await api("PATCH", "/datasets", { datasets, action })).json;
  };
  const merged = await patch("merge", { description: "new", metadata: { n: { y: 2 } } });
  expect(merged.datasets[0]).toMatchObject({ description: "new", notes: "kept" });
  expect(merged.datasets[0].metadata).toEqual({ a: 1, n: { x: 1, y: 2 } });
  const overwritten = await patch("overwrite", { metadata: { b: 1 } });
  expect(overwritten.datasets[0]).toMatchObject({ notes: "kept", metadata: { b: 1 } });
  expect(overwritten.datasets[0].metadata).toEqual({ b: 1 });
  expect((await patch("remove", { image })).datasets[0]).not.toHaveProperty("image");
  expect((await patch("shuffle", {})).status.description).toContain("shuffle");
  expect((await patch("merge", { id: "nowhere" })).status.code).toBe(11101);
});

test("lists by id, words and order, and deletes", async () => {
  const api = inApp("filters");
  const datasets = [{ id: "train-1", notes: "old cats" }, { id: "train-2" }, { id: "valid" }];
  await api("POST", "/datasets", { datasets });
  const list = async (query = "") => idsOf((await api("GET", `/datasets?${query}`)).json.datasets);
  expect(await list()).toEqual(["valid", "train-2", "train-1"]);
  expect(await list("sort_by_id=true&sort_ascending=true")).toEqual([
    "train-1",
    "train-2",
    "valid",
  ]);
  expect(await list("id=train")).toEqual(["train-2", "train-1"]);
  expect(await list("search=CATS")).toEqual(["train-1"]);
  expect(await list("page=2&per_page=2")).toEqual(["train-1"]);
  expect(await list("bookmark=true")).toEqual([]);
  const gone = await api("DELETE", "/datasets", { dataset_ids: ["train-1", "valid"] });
  expect(gone.json.status.code).toBe(10000);
  expect(await list()).toEqual(["train-2"]);
  expect((await api("DELETE", "/datasets", { dataset_ids: ["valid"] })).status).toBe(404);
  expect((await api("DELETE", "/datasets", { dataset_ids: [] })).status).toBe(200);
});

test("adds inputs and says of each how it went", async () => {
  const api = inApp("inputs");
  await put("inputs", ["a", "b", "c"]);
  await api("POST", "/datasets", { datasets: [{ id: "d" }] });
  const add = (...ids: string[]) =>
    api("POST", "/datasets/d/inputs", { dataset_inputs: ids.map((id) => ({ input: { id } })) });
  const first = await add("b", "a");
  expect(first.json.status.code).toBe(10000);
  expect(codesOf(first.json.dataset_inputs)).toEqual([64100, 64100]);
  expect(first.json.dataset_inputs[0].input.id).toBe("b");
  expect(first.json.dataset_inputs[0].created_at).toBeDefined();
  const mixed = await add("a", "c", "nowhere", "c");
  expect([mixed.status, mixed.json.status.code]).toEqual([200, 10010]);
  expect(codesOf(mixed.json.dataset_inputs)).toEqual([64101, 64100, 11101, 64101]);
  expect((await add("nowhere")).json.status.code).toBe(10020);
  expect((await add()).json.status.description).toContain("dataset_inputs");
});

test("takes as many inputs at once as a page holds", async () => {
  const add = async (count: number) => {
    const dataset_inputs = Array.from({ length: count }, (_, i) => ({ input: { id: `no-${i}` } }));
    const { json } = await inApp("inputs")("POST", "/datasets/d/inputs", { dataset_inputs });
    return json.status.code;
  };
  expect(await add(LIMITS.pageSizeMax)).toBe(10020); // read, and none of them exists
  expect(await add(LIMITS.pageSizeMax + 1)).toBe(11102);
});

test("lists, gets and takes out inputs", async () => {
  const api = inApp("inputs");
  const list = async (query = "") => {
    const { json } = await api("GET", `/datasets/d/inputs?${query}`);
    return json.dataset_inputs.map(({ input }: { input: { id: string } }) => input.id);
  };
  expect(await list()).toEqual(["a", "b", "c"]);
  expect(await list("page=2&per_page=2")).toEqual(["c"]);
  expect(await list("page=3&per_page=2")).toEqual([]);
  const { json } = await api("GET", "/datasets/d/inputs/b");
  expect(json.dataset_input.input.data.image.url).toContain("/originals/b");
  await api("DELETE", "/datasets/d/inputs", { input_ids: ["b", "nowhere"] });
  expect(await list()).toEqual(["a", "c"]);
  expect((await api("GET", "/datasets/d/inputs/b")).status).toBe(404);
  expect((await api("GET", "/inputs/b")).status).toBe(200);
  expect((await api("GET", "/datasets/nowhere/inputs")).status).toBe(404);
});

test("adds what a search finds", async () => {
  const api = inApp("inputs");
  await api("POST", "/datasets", { datasets: [{ id: "merged" }] });
  const search = { query: { filters: [{ input: { dataset_ids: ["d"] } }] }, save: true };
  const { json } = await api("POST", "/datasets/merged/inputs", { search });
  expect(json.status.code).toBe(10000);
  const { json: listed } = await api("GET", "/datasets/merged/inputs");
  expect(listed.dataset_inputs).toHaveLength(2);
  // Once more is no error: what is in it stays.
  expect((await api("POST", "/datasets/merged/inputs", { search })).json.status.code).toBe(10000);
});

test("freezes versions", async () => {
  const api = inApp("versions");
  const processing = { frame_interpolation_info: { sample_ms: 100 } };
  const datasets = [{ id: "d", default_processing_info: processing }];
  await api("POST", "/datasets", { datasets });
  const config = { annotation_filter: { id: "f", search: { query: { filters: [{}] } } } };
  const version = {
    id: "v1",
    description: "first",
    metadata: { a: 1 },
    annotation_filter_config: config,
  };
  const { json } = await api("POST", "/datasets/d/versions", { dataset_versions: [version, {}] });
  expect(json.status.code).toBe(10000);
  expect(json.dataset_versions[0]).toMatchObject({
    ...version,
    app_id: "versions",
    user_id: "erin",
    dataset_id: "d",
    status: { code: 64015 },
    processing_info: processing,
  });
  expect(json.dataset_versions[1].id).toMatch(/^[0-9a-f]{32}$/);
  const { json: got } = await api("GET", "/datasets/d/versions/v1");
  expect(got.dataset_version).toEqual(json.dataset_versions[0]);
});

test("lists, patches and deletes versions", async () => {
  const api = inApp("versions");
  const list = async (query = "") => {
    const { json } = await api("GET", `/datasets/d/versions?${query}`);
    return idsOf(json.dataset_versions);
  };
  expect((await list())[1]).toBe("v1");
  expect(await list("page=2&per_page=1")).toEqual(["v1"]);
  expect(await list("request_origins=2")).toEqual([]);
  const newest = (await api("GET", "/datasets/d")).json.dataset.version;
  expect(newest.id).toBe((await list())[0]);
  const { json } = await api("PATCH", "/datasets/d/versions", {
    dataset_versions: [{ id: "v1", description: "changed" }],
    action: "overwrite",
  });
  expect(json.dataset_versions[0]).toMatchObject({ description: "changed", metadata: { a: 1 } });
  const gone = await api("DELETE", "/datasets/d/versions", { dataset_version_ids: ["v1"] });
  expect(gone.json.status.code).toBe(10000);
  expect(await list()).toHaveLength(1);
  expect((await api("GET", "/datasets/d/versions/v1")).status).toBe(404);
});

test("makes no version that would hold other inputs than its dataset", async () => {
  const post = (version: object) =>
    inApp("versions")("POST", "/datasets/d/versions", { dataset_versions: [version] });
  const ignoring = await post({ annotation_filter_config: { ignore_empty_inputs: true } });
  expect([ignoring.status, ignoring.json.status.code]).toEqual([501, 10040]);
  expect((await post({ model_predict_config: { model: { id: "m" } } })).status).toBe(501);
});

test("keeps annotation filters", async () => {
  const api = inApp("filters");
  const search = { query: { filters: [{ annotation: { user_id: "u" } }] }, name: "s" };
  const { json } = await api("POST", "/annotation_filters", {
    annotation_filters: [{ id: "f", search }],
  });
  expect(json.annotation_filters[0]).toMatchObject({ id: "f", app_id: "filters", search });
  const { json: got } = await api("GET", "/annotation_filters/f");
  expect(got.annotation_filter).toEqual(json.annotation_filters[0]);
  const { json: patched } = await api("PATCH", "/annotation_filters", {
    annotation_filters: [{ id: "f", search: { name: "t" } }],
    action: "overwrite",
  });
  expect(patched.annotation_filters[0].search).toMatchObject({ name: "t" });
  expect(idsOf((await api("GET", "/annotation_filters")).json.annotation_filters)).toEqual(["f"]);
  const remove = () => api("DELETE", "/annotation_filters", { annotation_filter_ids: ["f"] });
  expect((await remove()).status).toBe(200);
  expect((await remove()).status).toBe(404);
});

test("keeps none of a batch of annotation filters if the id of one exists", async () => {
  const api = inApp("filters");
  const annotation_filters = [{ id: "twice" }, { id: "twice" }];
  const { json } = await api("POST", "/annotation_filters", { annotation_filters });
  expect(json.status.code).toBe(40010);
  expect((await api("GET", "/annotation_filters/twice")).status).toBe(404);
});
