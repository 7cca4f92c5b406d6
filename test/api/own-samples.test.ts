// The sample gallery: drawn, indexed, found by what it shows, and taken away again.
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, type StartedReal, startReal } from "./start.ts";

const MINUTES = 60_000;
const PATH = "/semblance/samples";

let server: StartedReal;
beforeAll(async () => {
  server = await startReal();
});
afterAll(() => server.close());

/** The activity that a call starts, once it has ended. */
async function run(method: string) {
  const { json } = await call(server.url + PATH, method);
  return server.engine.activities.ended(server.app, json.activity.id);
}

const search = async (body: object) =>
  (await call(`${server.url}/semblance/search`, "POST", body)).json;

const countWhere = async (condition: object) =>
  (await search({ filters: [{ any_of: [condition] }], per_page: 1 })).total;

test(
  "adds pictures with dates, places, colours and near-duplicates",
  async () => {
    expect(await run("POST")).toMatchObject({
      kind: "samples",
      state: "done",
      result: { added: 80, present: 0 },
    });
    expect(await countWhere({ kind: "datasets", ids: ["sample-gallery"] })).toBe(80);
    const wanted = { kind: "date", of: "taken" };
    expect(await countWhere({ ...wanted, from: "2016-01-01T00:00:00Z" })).toBe(80);
    expect(await countWhere({ ...wanted, from: "2020-01-01T00:00:00Z" })).toBeGreaterThan(20);
    expect(await countWhere({ ...wanted, to: "2018-01-01T00:00:00Z" })).toBeGreaterThan(10);
    for (const corners of CONTINENTS) {
      expect(await countWhere({ kind: "box", corners })).toBeGreaterThan(0);
    }
    for (const colour of ["red", "blue", "green", "black"]) {
      expect(await countWhere({ kind: "colour", colours: [colour] })).toBeGreaterThan(3);
    }
    const copy = await search({ ranks: [{ kind: "input", input_id: "sample-pink-rose" }] });
    expect(copy.hits[1].input.id).toBe("sample-pink-rose-cut");
    expect(copy.hits[1].score).toBeGreaterThan(0.95);
  },
  4 * MINUTES,
);

test("adds nothing where everything is there", async () => {
  expect((await run("POST")).result).toEqual({ added: 0, present: 80 });
});

test("draws only what is missing, and stops when it is cancelled", async () => {
  const { engine, app } = server;
  const { hits } = await search({ ranks: [], per_page: 40 });
  await engine.deleteInputs(
    app,
    hits.map(({ input }: { input: { id: string } }) => input.id),
  );
  const { json } = await call(server.url + PATH, "POST");
  const again = await call(server.url + PATH, "POST");
  expect(again.json.activity.id).toBe(json.activity.id);
  const cancelled = await call(`${server.url}/semblance/activities/${json.activity.id}`, "DELETE");
  expect(cancelled.json.activity.state).toBe("cancelled");
});

test("takes them away and nothing else", async () => {
  const { engine, app } = server;
  const own = await engine.addInputs(app, [
    { id: "mine", bytes: await thumbnailOf("sample-sunflower"), datasets: ["sample-gallery"] },
  ]);
  expect(own[0]).not.toBeInstanceOf(Error);
  expect(await run("DELETE")).toMatchObject({ kind: "bulk-delete", state: "done" });
  expect((await engine.inputs(app, { offset: 0, limit: 10 })).map(({ id }) => id)).toEqual([
    "mine",
  ]);
  expect(await engine.datasets.get(app, "sample-gallery")).toBeDefined();
  await engine.deleteInputs(app, ["mine"]);
  expect((await run("DELETE")).result).toEqual({ deleted: 0 });
  expect(await engine.datasets.get(app, "sample-gallery")).toBeUndefined();
});

async function thumbnailOf(id: string): Promise<Uint8Array> {
  const picture = await server.engine.thumbnail(server.app, id);
  return picture?.bytes ?? new Uint8Array();
}

const CONTINENTS = [
  [corner(35, -10), corner(72, 40)], // Europe
  [corner(15, -130), corner(60, -60)], // North America
  [corner(-56, -82), corner(12, -34)], // South America
  [corner(-36, 8), corner(34, 52)], // Africa
  [corner(5, 60), corner(55, 150)], // Asia
  [corner(-50, 112), corner(-10, 180)], // Australia
];

function corner(latitude: number, longitude: number) {
  return { latitude, longitude };
}
