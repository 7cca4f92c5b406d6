import { beforeAll, describe, expect, test } from "vitest";
import { sampleBytes, sampleUrl } from "../server.js";
import { createApp, ids, said } from "./client.js";
import { ALL, fill } from "./street.js";

describe("ranks", () => {
  const rank = (data, more = {}) => ({ annotation: { data, ...more } });
  let app;
  beforeAll(async () => {
    app = await createApp();
    await fill(app);
  });

  /** Every input, most alike first. */
  async function ranked(ranks, search) {
    const hits = await app.search({ ranks }, search);
    expect(ids(hits).toSorted()).toEqual(ALL.toSorted());
    const scores = hits.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(Math.min(...scores)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...scores)).toBeLessThanOrEqual(1.000001);
    return hits;
  }

  test("by the URL of an image: itself first, what looks like it next", async () => {
    const hits = await ranked([rank({ image: { url: sampleUrl("red-car-1.png") } })]);
    expect(ids(hits).slice(0, 2)).toEqual(["red-car", "turned-car"]);
    expect(hits[0].score).toBeGreaterThan(0.999);
  });

  test("by the bytes of an image", async () => {
    const hits = await ranked([rank({ image: { base64: sampleBytes("cookies.jpeg") } })]);
    expect(hits[0].input.id).toBe("cookies");
    expect(hits[0].score).toBeGreaterThan(0.999);
  });

  test("by an input's id", async () => {
    const hits = await ranked([{ annotation: { input_id: "turned-car" } }]);
    expect(ids(hits).slice(0, 2)).toEqual(["turned-car", "red-car"]);
  });

  test("by a caption", async () => {
    const hits = await ranked([rank({ text: { raw: "a red racing car on a road" } })]);
    expect(["red-car", "turned-car"]).toContain(hits[0].input.id);
  });

  test("by a public concept: by name, or by its id, in the same order", async () => {
    const { concepts } = await app.call("PostConceptsSearches", {
      concept_query: { name: "racing car" },
    });
    expect(concepts[0].name).toBe("racing car");
    const byName = await ranked([rank({ concepts: [{ name: "racing car", value: 1 }] })]);
    const byId = await ranked([rank({ concepts: [{ id: concepts[0].id, value: 1 }] })]);
    expect(["red-car", "turned-car"]).toContain(byName[0].input.id);
    expect(byId).toEqual(byName);
  });

  test("by a concept that only labels know: what carries it first", async () => {
    const hits = await ranked([rank({ concepts: [{ id: "animal", value: 1 }] })]);
    expect(ids(hits).slice(0, 2).toSorted()).toEqual(["dog", "puppy"]);
  });

  test("by a vector", async () => {
    const { outputs } = await app.call("PostModelOutputs", {
      user_app_id: { user_id: "clarifai", app_id: "main" },
      model_id: "multimodal-clip-embed",
      inputs: [{ data: { image: { url: sampleUrl("metro-north.jpg") } } }],
    });
    const [{ vector, num_dimensions }] = outputs[0].data.embeddings;
    expect(vector).toHaveLength(num_dimensions);
    const hits = await ranked([rank({ embeddings: [{ vector, num_dimensions }] })]);
    expect(hits[0].input.id).toBe("train");
    expect(hits[0].score).toBeGreaterThan(0.99);
  });

  test("by several ranks: what both are like", async () => {
    const hits = await ranked([
      rank({ image: { base64: sampleBytes("cookies.jpeg") } }),
      { annotation: { input_id: "dog" } },
    ]);
    expect(ids(hits).slice(0, 2).toSorted()).toEqual(["cookies", "dog"]);
  });

  test("by a negated rank: the image itself last", async () => {
    const like = rank({ image: { url: sampleUrl("red-car-1.png") } });
    const hits = await ranked([{ ...like, negate: true }]);
    expect(ids(hits).at(-1)).toBe("red-car");
  });

  test("by a rank and against another", async () => {
    const hits = await ranked([
      rank({ image: { url: sampleUrl("red-car-1.png") } }),
      { annotation: { input_id: "dog" }, negate: true },
    ]);
    expect(hits[0].input.id).toBe("red-car");
    expect(ids(hits).at(-1)).toBe("dog");
  });

  test("with every algorithm and metric that clients send", async () => {
    const query = [rank({ image: { url: sampleUrl("red-car-1.png") } })];
    const plain = ids(await ranked(query));
    for (const algorithm of ["nearest_neighbor", "brute_force"]) {
      for (const metric of ["EUCLIDEAN_DISTANCE", "COSINE_DISTANCE"]) {
        expect(ids(await ranked(query, { algorithm, metric }))).toEqual(plain);
      }
    }
  });

  test("with min_value: only hits of that score", async () => {
    const query = { ranks: [rank({ image: { url: sampleUrl("red-car-1.png") } })] };
    const hits = await app.search(query, { min_value: 0.999 });
    expect(ids(hits)).toEqual(["red-car"]);
  });

  test("with a filter: only what passes, in the same order", async () => {
    const ranks = [rank({ image: { url: sampleUrl("dog.tiff") } })];
    const filters = [rank({ concepts: [{ id: "vehicle", value: 1 }] })];
    const hits = await app.search({ ranks, filters });
    const all = ids(await ranked(ranks));
    expect(ids(hits)).toEqual(all.filter((id) => ["red-car", "turned-car", "train"].includes(id)));
  });

  test("an empty rank ranks nothing: score 1", async () => {
    const hits = await app.search({ ranks: [{ annotation: {} }], filters: [{ annotation: {} }] });
    expect(ids(hits).toSorted()).toEqual(ALL.toSorted());
    expect(hits.map(({ score }) => score)).toEqual(ALL.map(() => 1));
  });

  test("by an input that is not there: 43004 or 11101 with its id", async () => {
    const { status, hits } = await app.ask("PostInputsSearches", {
      searches: [{ query: { ranks: [{ annotation: { input_id: "nowhere" } }] } }],
    });
    expect([43004, 11101]).toContain(status.code);
    expect(said(status)).toContain("nowhere");
    expect(hits).toEqual([]);
  });

  test("by an image that cannot be fetched: an error that names it", async () => {
    const absent = sampleUrl("absent.jpeg");
    const { status } = await app.ask("PostInputsSearches", {
      searches: [{ query: { ranks: [rank({ image: { url: absent } })] } }],
    });
    expect(status.code).not.toBe(10000);
    expect(said(status)).toContain(absent);
  });
});
