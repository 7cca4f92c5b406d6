import { afterAll, beforeAll, expect, test } from "vitest";
import { settled } from "../fixtures/engine.ts";
import { drawEmoji } from "../fixtures/pictures.ts";
import { call, type StartedReal, startReal } from "./start.ts";

let server: StartedReal;
beforeAll(async () => {
  server = await startReal();
});
afterAll(() => server.close());

const send = (method: string, path: string, body?: unknown) =>
  call(`${server.url}/v2${path}`, method, body);
const save = (search: object) =>
  send("POST", "/searches", { searches: [{ save: true, ...search }] });

const QUERY = {
  filters: [
    { annotation: { data: { metadata: { a: { b: [1, "x"] } } } } },
    { negate: true, input: { data: { image: {} } } },
  ],
  ranks: [{ annotation: { data: { text: { raw: "a dog" } } } }],
};

test("gives back the whole search as it was saved", async () => {
  const search = {
    id: "whole",
    name: "Dogs",
    query: QUERY,
    as_of: "2030-01-01T00:00:00Z",
    algorithm: "brute_force",
    metric: 2,
    min_value: 0.25,
    visibility: { gettable: 10 },
  };
  const { json } = await save(search);
  expect(json).toMatchObject({ status: { code: 10000 }, hits: [] });
  const { json: got } = await send("GET", "/searches/whole");
  expect(got.search).toMatchObject({ ...search, save: true, application_id: "photos" });
  expect(got.search.query).toEqual(QUERY);
  expect(got.search.created_at).toBeDefined();
});

test("saves no second search of the same id", async () => {
  await save({ id: "once", name: "first" });
  const { status, json } = await save({ id: "once", name: "second" });
  expect([status, json.status.code]).toEqual([400, 40010]);
  expect((await send("GET", "/searches/once")).json.search.name).toBe("first");
});

test("keeps searches apart by app", async () => {
  await send("POST", "/users/me/apps", { apps: [{ id: "other" }] });
  await save({ id: "mine" });
  const { status, json } = await send("GET", "/users/me/apps/other/searches/mine");
  expect([status, json.status.code]).toEqual([404, 11101]);
});

test("lists page by page", async () => {
  await send("POST", "/users/me/apps", { apps: [{ id: "listed" }] });
  const path = "/users/me/apps/listed/searches";
  for (const id of ["one", "two", "three"]) {
    await send("POST", path, { searches: [{ id, save: true }] });
  }
  const list = async (query: string) => {
    const { json } = await send("GET", `${path}?${query}`);
    return (json.searches ?? []).map(({ id }: { id: string }) => id);
  };
  expect(await list("")).toEqual(["one", "two", "three"]);
  expect(await list("page=2&per_page=2")).toEqual(["three"]);
  expect(await list("page=3&per_page=2")).toEqual([]);
});

test.each(["/searches", "/inputs/searches", "/annotations/searches"])(
  "patches saved searches at %s",
  async (path) => {
    const id = `patched${path.replaceAll("/", "-")}`;
    await save({ id, name: "old", min_value: 0.5, query: QUERY });
    const filters = [{ input: { dataset_ids: ["d"] } }];
    const patch = (action: string, search: object) =>
      send("PATCH", path, { searches: [{ id, ...search }], action });
    const { json } = await patch("overwrite", { name: "new", query: { filters } });
    expect(json.searches[0]).toMatchObject({ id, name: "new", min_value: 0.5 });
    expect(json.searches[0].query).toEqual({ filters });
    const { json: merged } = await patch("merge", { query: { ranks: QUERY.ranks } });
    expect(merged.searches[0].query).toEqual({ filters, ranks: QUERY.ranks });
    expect((await send("GET", `/searches/${id}`)).json.search).toEqual(merged.searches[0]);
    expect((await patch("remove", {})).json.status.description).toContain("remove");
  },
);

test("patches none if one does not exist", async () => {
  await save({ id: "present", name: "old" });
  const searches = [
    { id: "present", name: "new" },
    { id: "absent", name: "new" },
  ];
  const { status } = await send("PATCH", "/searches", { searches, action: "overwrite" });
  expect(status).toBe(404);
  expect((await send("GET", "/searches/present")).json.search.name).toBe("old");
});

test("runs a search of annotations as one, patched or not", async () => {
  const [picture] = await drawEmoji(1);
  const image = { base64: picture?.bytes.toString("base64") };
  await send("POST", "/inputs", { inputs: [{ id: "found", data: { image } }] });
  await settled(server);
  await send("POST", "/annotations/searches", { searches: [{ id: "parts", save: true }] });
  const { json } = await send("POST", "/searches/parts", {});
  expect(json.hits[0]).toMatchObject({ input: { id: "found" }, annotation: { input_id: "found" } });
  const searches = [{ id: "parts", name: "Parts" }];
  await send("PATCH", "/searches", { searches, action: "merge" });
  const { json: again } = await send("POST", "/searches/parts", {});
  expect(again.hits[0]).toHaveProperty("annotation");
  await save({ id: "wholes" });
  const { json: wholes } = await send("POST", "/searches/wholes", {});
  expect(wholes.hits[0]).not.toHaveProperty("annotation");
});

test("deletes", async () => {
  await save({ id: "gone" });
  expect((await send("DELETE", "/searches/gone")).json.status.code).toBe(10000);
  expect((await send("DELETE", "/searches/gone")).status).toBe(404);
  expect((await send("POST", "/searches/gone", {})).json.status.code).toBe(11101);
});
