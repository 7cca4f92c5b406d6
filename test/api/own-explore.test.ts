// Near-duplicates and the map over HTTP, on real pictures.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createClient } from "../../src/client/client.ts";
import { settled, temporaryFolder } from "../fixtures/engine.ts";
import { COPIES, drawEmoji } from "../fixtures/pictures.ts";
import { call, type StartedReal, startReal } from "./start.ts";

const pictures = await drawEmoji(40);
let started: StartedReal;

beforeAll(async () => {
  started = await startReal();
  const { engine, app } = started;
  await engine.addInputs(
    app,
    pictures.map(({ name, bytes }) => ({ id: name, name, bytes })),
  );
  await settled(started);
}, 120_000);
afterAll(() => started?.close());

async function add(id: string, bytes: Uint8Array): Promise<void> {
  await started.engine.addInputs(started.app, [{ id, name: id, bytes }]);
  await settled(started);
}

/** Starts work and waits until it is done. */
async function run(path: string) {
  const begun = await call(`${started.url}/semblance/${path}`, "POST", {});
  expect(begun.status).toBe(200);
  const ended = await started.engine.activities.ended(started.app, begun.json.activity.id);
  expect(ended).toMatchObject({ state: "done", failure: "" });
}

const get = async (path: string) => (await call(`${started.url}/semblance/${path}`)).json;

function groupIds(page: { groups: { inputs: { id: string }[] }[] }): string[][] {
  return page.groups.map(({ inputs }) => inputs.map(({ id }) => id));
}

const floats = (base64: string) =>
  new Float32Array(new Uint8Array(Buffer.from(base64, "base64")).buffer);

test("nothing is known before somebody asks", async () => {
  const copies = await get("near-copies");
  expect(copies).toMatchObject({ state: "none", total_groups: 0, groups: [], new_inputs: 40 });
  const map = await get("map");
  expect(map).toMatchObject({ state: "none", clusters: [], points: { ids: [], x: "" } });
});

test("copies are found with their original, different pictures are not", async () => {
  const [first, second] = pictures;
  await add("smaller", await COPIES.resized!(first!.bytes as Buffer));
  await add("recoded", await COPIES["re-encoded"]!(second!.bytes as Buffer));
  await run("near-copies");
  const page = await get("near-copies");
  expect(page).toMatchObject({ state: "ready", total_groups: 2, total_copies: 2, new_inputs: 0 });
  expect(page.computed_at).toMatch(/^\d{4}-/);
  expect(new Set(groupIds(page).map((ids) => ids.sort().join()))).toEqual(
    new Set([[first!.name, "smaller"].sort().join(), [second!.name, "recoded"].sort().join()]),
  );
  for (const group of page.groups) {
    expect(group.similarities[0]).toBe(1);
    expect(group.similarity).toBeGreaterThan(0.9);
    expect(group.inputs[0].semblance.size_bytes).toBeGreaterThan(0);
  }
  const won = page.groups.map(
    (group: { inputs: { semblance: { size_bytes: number } }[] }) =>
      group.inputs[1]!.semblance.size_bytes,
  );
  expect(page.bytes_to_win).toBe(won[0] + won[1]);
});

test("groups come in pages, and fewer of them the more similar they must be", async () => {
  const [all, one, two] = [
    await get("near-copies"),
    await get("near-copies?per_page=1"),
    await get("near-copies?per_page=1&page=1"),
  ];
  expect([...groupIds(one), ...groupIds(two)]).toEqual(groupIds(all));
  expect((await get("near-copies?least=1")).total_groups).toBe(0);
  const bad = await call(`${started.url}/semblance/near-copies?per_page=0`);
  expect(bad.status).toBe(400);
  expect(bad.json.status.details || bad.json.status.description).toContain("per_page");
});

test("what is kept is no group any more, until it is taken back; another run knows it still", async () => {
  const url = `${started.url}/semblance/near-copies/kept`;
  const ids = [pictures[0]!.name, "smaller"];
  expect((await call(url, "PUT", { ids })).status).toBe(200);
  expect((await get("near-copies")).total_groups).toBe(1);
  await run("near-copies");
  expect((await get("near-copies")).total_groups).toBe(1);
  expect((await call(url, "DELETE", { ids })).status).toBe(200);
  expect((await get("near-copies")).total_groups).toBe(2);
  expect((await call(url, "PUT", { ids: ["one"] })).status).toBe(400);
});

test("a new copy joins without another run", async () => {
  await add("newer", await COPIES.recoloured!(pictures[0]!.bytes as Buffer));
  expect(await get("near-copies")).toMatchObject({ state: "outdated", new_inputs: 1 });
  const { engine, app } = started;
  await engine.explore.copies.refresh(app, new AbortController().signal);
  const page = await get("near-copies");
  expect(page).toMatchObject({ state: "ready", total_groups: 2, total_copies: 3 });
  expect(groupIds(page).find((ids) => ids.includes("newer"))).toContain(pictures[0]!.name);
});

test("a search can show one of each group", async () => {
  const body = { collapse: true, per_page: 100 };
  const { json } = await call(`${started.url}/semblance/search`, "POST", body);
  expect(json.total).toBe(40);
});

test("a file that became another picture is a copy no more", async () => {
  const { engine } = started;
  const app = await engine.apps.create("me", { id: "changing" });
  const folder = temporaryFolder();
  const write = (name: string, bytes: Uint8Array) => writeFileSync(join(folder, name), bytes);
  const index = async () => {
    await engine.addPaths(app, [folder]);
    await settled({ engine, app });
  };
  const url = `${started.url}/semblance/near-copies?app_id=changing`;
  write("original.png", pictures[0]!.bytes);
  write("copy.jpg", await COPIES.resized!(pictures[0]!.bytes as Buffer));
  await index();
  await engine.activities.ended(app, engine.explore.copies.start(app).id);
  expect((await call(url)).json.total_groups).toBe(1);
  write("copy.jpg", await COPIES.cropped!(pictures[5]!.bytes as Buffer));
  await index();
  await engine.explore.copies.refresh(app, new AbortController().signal);
  expect((await call(url)).json).toMatchObject({ state: "ready", total_groups: 0 });
  const search = `${started.url}/semblance/search?app_id=changing`;
  expect((await call(search, "POST", { collapse: true })).json.total).toBe(2);
});

test("the map has a place and a cluster for every input, and names for the clusters", async () => {
  await run("map");
  const map = await get("map");
  expect(map).toMatchObject({ state: "ready", total: 43, new_inputs: 0 });
  const { ids, x, y, cluster } = map.points;
  expect(new Set(ids).size).toBe(43);
  expect(floats(x)).toHaveLength(43);
  expect(floats(y).every(Number.isFinite)).toBe(true);
  const clusters = new Uint16Array(new Uint8Array(Buffer.from(cluster, "base64")).buffer);
  const known = new Set(map.clusters.map(({ id }: { id: number }) => id));
  expect([...clusters].every((id) => known.has(id))).toBe(true);
  const counts = map.clusters.map(({ count }: { count: number }) => count);
  expect(counts.reduce((sum: number, count: number) => sum + count, 0)).toBe(43);
  const names = map.clusters.map(({ name }: { name: string }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test("the values of a concept are those that a search for it gives", async () => {
  const { json } = await call(`${started.url}/semblance/search`, "POST", {
    ranks: [{ kind: "concept", name: "dog" }],
    per_page: 100,
  });
  const scores = new Map<string, number>(
    json.hits.map((hit: { input: { id: string }; score: number }) => [hit.input.id, hit.score]),
  );
  const map = await get("map");
  const client = createClient({ baseUrl: started.url });
  const values = await client.mapValues("dog", [...map.points.ids, "gone"].reverse());
  expect(values[0]).toBe(0);
  map.points.ids.reverse().forEach((id: string, i: number) => {
    expect(values[i + 1]).toBeCloseTo(scores.get(id)!, 3);
  });
  const unknown = await call(`${started.url}/semblance/map/values?concept=nosuchconcept`);
  expect(unknown.status).toBe(400);
});

test("deleted inputs leave the map and the groups, new ones are counted", async () => {
  const { engine, app } = started;
  await engine.deleteInputs(app, ["smaller", "newer"]);
  await add("again", await COPIES.cropped!(pictures[3]!.bytes as Buffer));
  const map = await get("map");
  expect(map).toMatchObject({ state: "outdated", new_inputs: 1, total: 42 });
  expect(map.points.ids).toHaveLength(41);
  expect(map.points.ids).not.toContain("smaller");
  expect((await get("near-copies")).total_groups).toBe(1);
});

test("a stopped run leaves the map of before", async () => {
  const before = await get("map");
  const { json } = await call(`${started.url}/semblance/map`, "POST", {});
  const stopped = await call(`${started.url}/semblance/activities/${json.activity.id}`, "DELETE");
  expect(stopped.json.activity.state).toBe("cancelled");
  expect((await get("map")).points).toEqual(before.points);
});

test("an app with few inputs has no map", async () => {
  const { engine } = started;
  await engine.apps.create("me", { id: "small" });
  const { status, json } = await call(`${started.url}/semblance/map?app_id=small`, "POST", {});
  expect(status).toBe(400);
  expect(JSON.stringify(json.status)).toContain("Expected 10 or more searchable inputs");
});
