// What the filters of a search can offer, where inputs are, and the filters themselves, over a real engine.
import { afterAll, beforeAll, expect, test } from "vitest";
import { settled } from "../fixtures/engine.ts";
import { drawEmoji } from "../fixtures/pictures.ts";
import { call, type StartedReal, startReal } from "./start.ts";

let server: StartedReal;
const PLACES = [
  { latitude: 10, longitude: 179 },
  { latitude: 10, longitude: -179 },
  { latitude: 10, longitude: 0 },
] as const;

beforeAll(async () => {
  server = await startReal();
  const { engine, app } = server;
  await engine.datasets.create(app, { id: "trip" });
  await engine.datasets.create(app, { id: "empty" });
  const pictures = await drawEmoji(6);
  await engine.addInputs(
    app,
    pictures.map(({ bytes }, i) => ({
      id: `i${i}`,
      name: `Foto ${i}.jpg`,
      bytes,
      ...(PLACES[i] && { place: PLACES[i] }),
      ...(i < 4 && { metadata: { camera: "N", number: i } }),
      ...(i < 3 && {
        labels: [
          { name: "dog", value: 1 },
          { name: "cat", value: i === 0 ? 1 : 0 },
        ],
      }),
      ...(i === 5 && { datasets: ["trip"] }),
    })),
  );
  await engine.addInputs(app, [{ id: "bad", bytes: Buffer.from("no image") }]);
  await settled(server);
});
afterAll(() => server.close());

const own = (path: string, body?: unknown) =>
  call(`${server.url}/semblance/${path}`, body === undefined ? "GET" : "POST", body);

test("facets count what the filters find", async () => {
  const { json } = await own("facets");
  expect(json).toMatchObject({
    total: 6,
    labels: [
      { name: "dog", count: 3 },
      { name: "cat", count: 1 },
    ],
    unlabeled: 3,
    datasets: [
      { id: "trip", name: "trip", count: 1 },
      { id: "empty", name: "empty", count: 0 },
    ],
    unassigned: 5,
    formats: [{ format: "jpeg", count: 6 }],
    shapes: [{ shape: "square", count: 6 }],
    placed: 3,
    added_years: [{ year: new Date().getUTCFullYear(), count: 6 }],
    metadata_keys: [
      { key: "camera", count: 4, examples: ["N"] },
      { key: "number", count: 4, examples: [3, 2, 1, 0] },
    ],
  });
  expect(json.statuses).toContainEqual({ status: "processed", count: 6 });
  expect(json.pixels.least).toBeGreaterThan(0);
  expect(json.pixels.most).toBeGreaterThan(json.pixels.least);
});

test("facets see what was just written", async () => {
  const dogs = async () => (await own("facets")).json.labels[0];
  const patch = [{ id: "i5", labels: [{ name: "dog", value: 1 }] }];
  await server.engine.annotations.patchInputs(server.app, patch, "merge");
  expect(await dogs()).toEqual({ name: "dog", count: 4 });
  await server.engine.annotations.patchInputs(server.app, patch, "remove");
  expect(await dogs()).toEqual({ name: "dog", count: 3 });
});

test("places are those of the inputs that pass", async () => {
  const { json } = await own("places", { filters: [] });
  expect(json.total).toBe(3);
  expect(json.places).toContainEqual({ latitude: 10, longitude: 179, count: 1, input_id: "i0" });
  const cats = { filters: [{ any_of: [{ kind: "label", name: "cat" }] }] };
  expect((await own("places", cats)).json).toMatchObject({
    total: 1,
    places: [{ input_id: "i0" }],
  });
});

test("a box whose west is greater than its east crosses the date line", async () => {
  const within = async (west: number, east: number) => {
    const corners = [
      { latitude: 0, longitude: west },
      { latitude: 20, longitude: east },
    ];
    const { json } = await own("search", { filters: [{ any_of: [{ kind: "box", corners }] }] });
    return json.hits.map((hit: { input: { id: string } }) => hit.input.id).sort();
  };
  expect(await within(170, -170)).toEqual(["i0", "i1"]);
  expect(await within(-170, 170)).toEqual(["i2"]);
});

test("a ranked search says how many hits are good, and leaves out the others", async () => {
  const ranks = [{ kind: "input", input_id: "i1" }];
  const { json } = await own("search", { ranks });
  expect(json.total).toBe(6);
  expect(json.relevant).toBeGreaterThanOrEqual(1);
  expect(json.hits[0].input.id).toBe("i1");
  const only = (await own("search", { ranks, relevant_only: true })).json;
  expect(only.total).toBe(json.relevant);
  expect(only.hits).toHaveLength(json.relevant);
  expect((await own("search", {})).json.relevant).toBeUndefined();
});

test("places refuse as many conditions as a search does, and lists refuse more than there is", async () => {
  const named = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ kind: "name", contains: `${i}` }));
  const ask = (path: string, ...anyOf: object[][]) =>
    call(`${server.url}/semblance/${path}`, "POST", {
      filters: anyOf.map((conditions) => ({ any_of: conditions })),
    });
  expect((await ask("places", named(100), named(100))).status).toBe(200);
  const refused = await ask("places", named(100), named(101));
  expect(refused.status).toBe(400);
  expect(refused.json.status.description).toMatch(/at most 200 for conditions .* received 201/);
  const shapes = Array.from({ length: 2000 }, () => "landscape");
  expect((await ask("search", [{ kind: "shape", shapes }])).status).toBe(400);
});
