// Concepts for the Portal, over a real engine: offered while typing, listed, made, merged, deleted.
import { afterAll, beforeAll, expect, test } from "vitest";
import { settled } from "../fixtures/engine.ts";
import { drawEmoji } from "../fixtures/pictures.ts";
import { call, type StartedReal, startReal } from "./start.ts";

let server: StartedReal;

beforeAll(async () => {
  server = await startReal();
  const pictures = await drawEmoji(5);
  const names = [["doghouse"], ["Dogma"], ["doghouse", "hot dog stand"], [], []];
  await server.engine.addInputs(
    server.app,
    pictures.map(({ bytes }, i) => ({
      id: `i${i}`,
      bytes,
      labels: [
        ...names[i]!.map((name) => ({ name, value: 1 })),
        ...(i === 4 ? [{ name: "doghouse", value: 0 }] : []),
      ],
    })),
  );
  await settled(server);
});
afterAll(() => server.close());

const own = (path: string, method = "GET", body?: unknown) =>
  call(`${server.url}/semblance/${path}`, method, body);
type Named = { readonly name: string };
const names = (concepts: readonly Named[]) => concepts.map(({ name }) => name);

test("own concepts come before the vocabulary's, beginnings before later words, with counts", async () => {
  const { json } = await own("concepts?prefix=dog&limit=6");
  expect(names(json.concepts).slice(0, 4)).toEqual(["Dogma", "doghouse", "hot dog stand", "dog"]);
  expect(json.concepts[1]).toMatchObject({ source: "own", positives: 2, negatives: 1 });
  expect(json.concepts[3]).toMatchObject({ source: "vocabulary", positives: 0, negatives: 0 });
  expect(json.concepts).toHaveLength(6);
});

test("says by which other name a concept was found", async () => {
  const { json } = await own("concepts?prefix=%23Canine");
  expect(json.concepts[0]).toMatchObject({ name: "dog", synonym: "canine" });
  expect((await own("concepts?prefix=dog")).json.concepts[3].synonym).toBeUndefined();
});

test("offers names in the browser's languages", async () => {
  const headers = { "accept-language": "de-DE,de;q=0.9,ja;q=0.5" };
  const offered = async (prefix: string) => {
    const reply = await fetch(`${server.url}/semblance/concepts?prefix=${prefix}`, { headers });
    return ((await reply.json()) as { concepts: readonly Named[] }).concepts[0];
  };
  expect(await offered("Schmetterl")).toMatchObject({
    name: "butterfly",
    synonym: "Schmetterling",
  });
  expect(await offered("蝶")).toMatchObject({ name: "butterfly" });
  expect((await own("concepts?prefix=Schmetterl")).json.concepts).toEqual([]);
});

test("lists own concepts by name, count and age, with examples", async () => {
  const listed = async (query: string) => (await own(`concepts/all${query}`)).json;
  const byName = await listed("");
  expect(byName.total).toBe(3);
  expect(names(byName.concepts)).toEqual(["doghouse", "Dogma", "hot dog stand"]);
  expect(byName.concepts[0]).toMatchObject({
    positives: 2,
    negatives: 1,
    is_trained: false,
    examples: ["i2", "i0"],
    created_at: expect.stringMatching(/^\d{4}-/),
  });
  expect(names((await listed("?order=count")).concepts)[0]).toBe("doghouse");
  expect(names((await listed("?order=newest&per_page=1&page=1")).concepts)).toEqual(["Dogma"]);
  const stands = await listed("?prefix=STAND");
  expect([names(stands.concepts), stands.total]).toEqual([["hot dog stand"], 1]);
});

test("a new concept is made once", async () => {
  const made = (await own("concepts", "POST", { name: "New One" })).json.concept;
  expect(made).toEqual({ id: "new-one", name: "New One" });
  expect((await own("concepts", "POST", { name: "new one" })).json.concept).toEqual(made);
  expect((await own("concepts", "DELETE", { ids: ["new-one", "unknown"] })).json.deleted).toBe(1);
  expect((await own("concepts", "POST", { name: " " })).status).toBe(400);
});

test("merging gives labels to one concept and deletes the others", async () => {
  const merge = (from: string[], into: string) => own("concepts/merge", "POST", { from, into });
  expect((await merge(["dogma", "nowhere"], "doghouse")).status).toBe(404);
  expect((await merge(["doghouse"], "doghouse")).status).toBe(400);
  // i2 has both labels: one is enough.
  const { json } = await merge(["dogma", "hot-dog-stand"], "doghouse");
  expect(json).toMatchObject({ labels: 1, concepts: 2 });
  const [left, ...others] = (await own("concepts/all")).json.concepts;
  expect(others).toEqual([]);
  expect(left).toMatchObject({ id: "doghouse", positives: 3, negatives: 1 });
  expect((await own("concepts?prefix=dogm")).json.concepts).toEqual([]);
});
