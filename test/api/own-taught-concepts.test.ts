// Teaching a concept over our own API: what to label next, and labels that it gives by itself.
import { setTimeout } from "node:timers/promises";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { settled } from "../fixtures/engine.ts";
import { call, type StartedReal, startReal } from "./start.ts";

let server: StartedReal;

// Even ones are discs, odd ones stripes, in many colours.
async function draw(i: number): Promise<Buffer> {
  const stripes = [0, 1, 2, 3, 4].map((row) => `<rect y="${row * 22}" width="100" height="9"/>`);
  const disc = `<circle cx="${40 + ((i * 7) % 20)}" cy="50" r="${20 + (i % 4) * 4}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="160" height="160">
    <rect width="100" height="100" fill="hsl(${(i * 67 + 150) % 360}, 40%, 85%)"/>
    <g fill="hsl(${(i * 67) % 360}, 80%, 40%)">${i % 2 === 0 ? disc : stripes.join("")}</g></svg>`;
  return sharp(Buffer.from(svg)).jpeg().toBuffer();
}

const pictures = await Promise.all(Array.from({ length: 24 }, (_, i) => draw(i)));

beforeAll(async () => {
  server = await startReal();
  await add(0, 20);
  await label("mine", { e0: 1, e2: 1, e4: 1, e1: 0, e3: 0 });
});
afterAll(() => server.close());

const own = (path: string, method = "GET", body?: unknown) =>
  call(`${server.url}/semblance/${path}`, method, body);
const automatic = async () => (await own("concepts/mine/automatic-labels")).json.automatic;

async function add(from: number, to: number): Promise<void> {
  const some = pictures.slice(from, to).map((bytes, i) => ({ id: `e${from + i}`, bytes }));
  await server.engine.addInputs(server.app, some);
  await settled(server);
}

async function label(name: string, values: Readonly<Record<string, number>>): Promise<void> {
  const patches = Object.entries(values).map(([id, value]) => ({ id, labels: [{ name, value }] }));
  await server.engine.annotations.patchInputs(server.app, patches, "merge");
}

async function train(): Promise<void> {
  const { json } = await own("training", "POST", { concept: "mine" });
  for (;;) {
    const { model } = (await own(`models/${json.model_id}`)).json;
    if (model.current?.id === json.version.id) return;
    await setTimeout(10);
  }
}

async function becomes<T>(read: () => Promise<T>, isIt: (value: T) => boolean): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    const value = await read();
    if (isIt(value) || Date.now() > end) return value;
    await setTimeout(50);
  }
}

// Who the concept says that it shows, by machine.
async function annotated() {
  const { engine, app } = server;
  const all = await engine.annotations.list(app, { offset: 0, limit: 1000 });
  return all.filter(({ isTrusted }) => !isTrusted);
}

test("suggests what nobody labelled, with values, as many as asked for", async () => {
  const { json } = await own("concepts/mine/suggestions?limit=5");
  expect(json.suggestions).toHaveLength(5);
  const ids = json.suggestions.map(({ id }: { id: string }) => id);
  for (const known of ["e0", "e1", "e2", "e3", "e4"]) expect(ids).not.toContain(known);
  for (const { value } of json.suggestions) expect(value).toBeGreaterThan(0);
  expect((await own("concepts/Mine/suggestions")).json.suggestions).toHaveLength(12);
  expect((await own("concepts/nobody/suggestions")).status).toBe(404);
  expect((await own("concepts/mine/suggestions?limit=0")).status).toBe(400);
});

test("suggests by the name where nothing is labelled", async () => {
  await own("concepts", "POST", { name: "face" });
  expect((await own("concepts/face/suggestions")).json.suggestions).toHaveLength(12);
});

test("labels nothing by itself before it is trained", async () => {
  expect(await automatic()).toBeNull();
  const { status, json } = await own("concepts/mine/automatic-labels", "PUT", { threshold: 0.9 });
  expect(status).toBe(400);
  expect(JSON.stringify(json.status)).toContain("no model has learned mine");
});

test("labels all inputs from a value on, by the version, where people said nothing", async () => {
  await train();
  const body = { threshold: 0.5 };
  const { json } = await own("concepts/mine/automatic-labels", "PUT", body);
  expect(json.activity).toMatchObject({ kind: "automatic-labels", about: "mine" });
  await server.engine.activities.ended(server.app, json.activity.id);
  const found = await annotated();
  expect(found.length).toBeGreaterThan(3);
  const labelled = found.length;
  expect(await automatic()).toEqual({ threshold: 0.5, is_stopped: false, labelled });
  const [current] = await server.engine.models.list(server.app, { offset: 0, limit: 1 });
  for (const { inputId, modelVersionId, labels } of found) {
    expect(["e0", "e1", "e2", "e3", "e4"]).not.toContain(inputId);
    expect(modelVersionId).toBe(current?.latest?.id);
    expect(labels).toMatchObject([{ id: "mine" }]);
    expect(labels[0]!.value).toBeGreaterThanOrEqual(0.5);
  }
});

test("they can be filtered, and nothing is learned from them", async () => {
  const found = await annotated();
  const search = { filters: [{ any_of: [{ kind: "label", name: "mine" }] }] };
  const { json } = await own("search", "POST", search);
  expect(json.total).toBe(found.length + 3);
  const [model] = (await own("models")).json.models;
  expect(model.examples).toMatchObject([{ positives: 3, negatives: 2, changes: 0 }]);
  const [concept] = (await own("concepts/all?prefix=mine")).json.concepts;
  expect(concept).toMatchObject({ positives: 3, negatives: 2 });
});

test("a new input gets the label, too, and one that people judged loses it", async () => {
  const [first] = await annotated();
  await label("mine", { [first!.inputId]: 0 });
  await add(20, 24);
  const inputs = async () => (await annotated()).map(({ inputId }) => inputId);
  const isNew = (ids: readonly string[]) => ids.some((id) => Number(id.slice(1)) >= 20);
  const isGone = (ids: readonly string[]) => !ids.includes(first!.inputId);
  const ids = await becomes(inputs, (some) => isNew(some) && isGone(some));
  expect(isNew(ids)).toBe(true);
  expect(isGone(ids)).toBe(true);
});

test("another threshold and another training label all inputs again", async () => {
  const before = (await annotated()).length;
  const body = { threshold: 1 };
  const { json } = await own("concepts/mine/automatic-labels", "PUT", body);
  await server.engine.activities.ended(server.app, json.activity.id);
  expect((await annotated()).length).toBeLessThan(before);
  await own("concepts/mine/automatic-labels", "PUT", { threshold: 0.5 });
  await train();
  const [model] = await server.engine.models.list(server.app, { offset: 0, limit: 1 });
  const versions = async () => new Set((await annotated()).map((one) => one.modelVersionId));
  const isDone = (some: ReadonlySet<string>) => some.size === 1 && some.has(model!.latest!.id);
  expect([...(await becomes(versions, isDone))]).toEqual([model!.latest!.id]);
});

test("they are taken away, and stay away", async () => {
  const { json } = await own("concepts/mine/automatic-labels", "DELETE");
  expect(json.existed).toBe(true);
  expect(await annotated()).toEqual([]);
  expect(await automatic()).toBeNull();
  await setTimeout(2500);
  expect(await annotated()).toEqual([]);
  expect((await own("concepts/mine/automatic-labels", "DELETE")).json.existed).toBe(false);
});

test("a concept that is deleted takes its labels with it", async () => {
  await own("concepts/mine/automatic-labels", "PUT", { threshold: 0.5 });
  await becomes(annotated, (some) => some.length > 0);
  await own("concepts", "DELETE", { ids: ["mine"] });
  expect(await becomes(annotated, (some) => some.length === 0)).toEqual([]);
  expect(server.errors).toEqual([]);
});
