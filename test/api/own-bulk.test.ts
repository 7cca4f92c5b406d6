// One change of many inputs, through our own API and over a real engine.
import { afterAll, beforeAll, expect, test } from "vitest";
import { LIMITS } from "../../src/limits.ts";
import { settled } from "../fixtures/engine.ts";
import { drawEmoji } from "../fixtures/pictures.ts";
import { call, type StartedReal, startReal } from "./start.ts";

const COUNT = 12;
let server: StartedReal;

beforeAll(async () => {
  server = await startReal();
  const pictures = await drawEmoji(COUNT);
  await server.engine.addInputs(
    server.app,
    pictures.map(({ bytes, name }, i) => ({ id: `i${i}`, name, bytes, metadata: { old: i } })),
  );
  await settled(server);
});
afterAll(() => server.close());

const own = (path: string, method = "GET", body?: unknown) =>
  call(`${server.url}/semblance/${path}`, method, body);
const bulk = async (target: object, change: object) => {
  const { status, json } = await own("bulk", "POST", { ...target, change });
  expect(status, JSON.stringify(json)).toBe(200);
  const { id } = json.activity;
  await server.engine.activities.ended(server.app, id);
  return server.engine.activities.list(server.app).find((one) => one.id === id);
};
const search = async (filter: object) => {
  const { json } = await own("search", "POST", { filters: [{ any_of: [filter] }] });
  return json.hits.map((hit: { input: { id: string } }) => hit.input.id).sort();
};
const label = (name: string) => ({ kind: "label", name });
const labels = async (id: string) => {
  const { json } = await own(`inputs/${id}`);
  return (json.input.data.concepts ?? []).map((one: { name: string; value?: number }) => [
    one.name,
    one.value ?? 0,
  ]);
};

test("labels are added as there or not there, and removed either way", async () => {
  const ids = ["i0", "i1"];
  expect(
    await bulk({ ids }, { kind: "labels", add: ["My Dog"], add_absent: ["cat"] }),
  ).toMatchObject({
    kind: "bulk-change",
    about: "My Dog, cat",
    state: "done",
    done: 2,
    total: 2,
    result: { changed: 2, failed: 0 },
  });
  expect(await search(label("my dog"))).toEqual(ids);
  expect(await labels("i1")).toEqual([
    ["My Dog", 1],
    ["cat", 0],
  ]);
  await bulk({ ids: ["i1"] }, { kind: "labels", remove: ["cat", "MY DOG", "never seen"] });
  expect(await labels("i1")).toEqual([]);
  expect(await search(label("my dog"))).toEqual(["i0"]);
});

test("a small change is over when the answer comes", async () => {
  const body = { ids: ["i2"], change: { kind: "labels", add: ["quick"] } };
  const { json } = await own("bulk", "POST", body);
  expect(json.activity).toMatchObject({ state: "done", result: { changed: 1, failed: 0 } });
});

test("metadata are merged key by key, and keys removed", async () => {
  const change = { kind: "metadata", set: { a: { b: 1 } }, remove: ["old"] };
  await bulk({ ids: ["i3", "gone"] }, change);
  await bulk({ ids: ["i3"] }, { kind: "metadata", set: { a: { c: 2 } } });
  expect((await own("inputs/i3")).json.input.data.metadata).toEqual({ a: { b: 1, c: 2 } });
});

test("ids that do not exist count as failed", async () => {
  const done = await bulk({ ids: ["i3", "gone", "i3"] }, { kind: "labels", add: ["x"] });
  expect(done?.result).toEqual({ changed: 1, failed: 1 });
});

test("datasets get inputs and lose them; an unknown one changes nothing", async () => {
  for (const id of ["d1", "d2"]) await server.engine.datasets.create(server.app, { id });
  const ids = ["i4", "i5"];
  await bulk({ ids }, { kind: "datasets", add: ["d1", "d2"] });
  await bulk({ ids: ["i5"] }, { kind: "datasets", remove: ["d1"] });
  expect(await search({ kind: "datasets", ids: ["d1"] })).toEqual(["i4"]);
  expect(await search({ kind: "datasets", ids: ["d2"] })).toEqual(ids);
  const change = { kind: "datasets", add: ["d1", "nowhere"] };
  const { status, json } = await own("bulk", "POST", { ids: ["i6"], change });
  expect(status).toBe(404);
  expect(json.status.details).toBe("Expected a dataset that exists but received id nowhere.");
  expect(await search({ kind: "datasets", ids: ["d1"] })).toEqual(["i4"]);
});

test("a search stands for all that it finds, whatever its page", async () => {
  const search = { filters: [{ any_of: [{ kind: "ids", ids: ["i6", "i7"] }] }], per_page: 1 };
  const done = await bulk({ search }, { kind: "labels", add: ["found"] });
  expect(done?.result).toEqual({ changed: 2, failed: 0 });
});

test("deletes", async () => {
  const done = await bulk({ ids: ["i10", "i11"] }, { kind: "delete" });
  expect(done).toMatchObject({ kind: "bulk-delete", about: "", result: { changed: 2, failed: 0 } });
  expect((await own("search", "POST", {})).json.total).toBe(COUNT - 2);
});

test("says what is wrong with a request", async () => {
  const change = { kind: "delete" };
  const said = async (body: object) => {
    return (await own("bulk", "POST", body)).json.status.description;
  };
  expect(await said({ change })).toContain("either ids or a search is needed");
  expect(await said({ ids: ["a"], search: {}, change })).toContain("either ids or a search");
  expect(await said({ ids: ["a"], change: { kind: "paint" } })).toContain("change.kind");
  const tooMany = Array.from({ length: 10_001 }, (_, i) => `${i}`);
  expect(await said({ ids: tooMany, change })).toContain("ids");
  const control = { kind: "labels", add: ["a\u0000b"] };
  expect(await bulk({ ids: ["i0"] }, control)).toMatchObject({
    state: "failed",
    failure: expect.stringContaining("without control characters"),
  });
});

test("metadata that is too deep to be read again is refused", async () => {
  const deep = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`);
  const set = (json: object) =>
    own("bulk", "POST", { ids: ["i5"], change: { kind: "metadata", set: json } });
  expect((await set(deep(100))).status).toBe(200);
  const { status, json } = await set(deep(101));
  expect(status).toBe(400);
  expect(json.status.description).toMatch(/change\.set but: expected at most 100 levels/);
  expect((await own("inputs/i5")).status).toBe(200);
});

test("a key called __proto__ is one like any other", async () => {
  const json = (text: string) => JSON.parse(text);
  const change = { kind: "metadata", set: json('{"__proto__":{"x":1}}') };
  await bulk({ ids: ["i6"] }, change);
  const contains = json('{"__proto__":{"x":1}}');
  expect(await search({ kind: "metadata", contains })).toEqual(["i6"]);
});

test("a body above the limit is refused with the limit", async () => {
  const { status, json } = await own("bulk", "POST", { junk: "x".repeat(LIMITS.ownRequestBytes) });
  expect(status).toBe(413);
  expect(json.status.description).toContain(`${LIMITS.ownRequestBytes} bytes`);
});
