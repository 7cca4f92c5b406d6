// PostSearches with ands: what clients sent before filters and ranks.
import { beforeAll, describe, expect, test } from "vitest";
import { sampleBytes, sampleUrl } from "../server.js";
import { createApp, ids, struct } from "./client.js";
import { ALL, fill } from "./street.js";

describe("legacy ands", () => {
  let app;
  beforeAll(async () => {
    app = await createApp();
    await fill(app);
  });

  const labelled = (concept) => ({ input: { data: { concepts: [concept] } } });
  const like = (input) => ({ output: { input } });

  async function search(...ands) {
    const pagination = { page: 1, per_page: 1000 };
    const { hits } = await app.call("PostSearches", { query: { ands }, pagination });
    return hits;
  }

  test.each([
    ["a concept by id", [labelled({ id: "my-dog", value: 1 })], ["dog"]],
    ["a concept by name", [labelled({ name: "my dog", value: 1 })], ["dog"]],
    [
      "a concept that must be absent",
      [labelled({ id: "animal", value: 0 })],
      ["red-car", "turned-car", "train", "cookies"],
    ],
    [
      "a negated condition",
      [{ ...labelled({ id: "vehicle", value: 1 }), negate: true }],
      ["dog", "puppy", "cookies"],
    ],
    [
      "metadata",
      [{ input: { data: { metadata: struct({ colour: "red" }) } } }],
      ["red-car", "turned-car"],
    ],
    ["an exact URL", [{ input: { data: { image: { url: sampleUrl("dog.tiff") } } } }], ["dog"]],
    [
      "a URL that no input has",
      [{ input: { data: { image: { url: sampleUrl("beer.jpeg") } } } }],
      [],
    ],
    ["an id", [{ input: { id: "train" } }], ["train"]],
    [
      "an id and another URL",
      [{ input: { id: "train" } }, { input: { data: { image: { url: sampleUrl("dog.tiff") } } } }],
      [],
    ],
    ["a dataset", [{ input: { dataset_ids: ["animals"] } }], ["dog", "puppy"]],
    [
      "geo and concept",
      [
        {
          input: {
            data: {
              geo: {
                geo_point: { longitude: -29, latitude: 40 },
                geo_limit: { type: "withinKilometers", value: 2000 },
              },
            },
          },
        },
        labelled({ id: "animal", value: 1 }),
      ],
      ["dog", "puppy"],
    ],
  ])("%s", async (_, ands, expected) => {
    const hits = await search(...ands);
    expect(ids(hits).toSorted()).toEqual(expected.toSorted());
    expect(hits.every(({ score }) => score === 1)).toBe(true);
  });

  test.each([
    ["an image's URL", like({ data: { image: { url: sampleUrl("red-car-1.png") } } })],
    ["an image's bytes", like({ data: { image: { base64: sampleBytes("red-car-1.png") } } })],
    ["an input's id", like({ id: "red-car", data: { image: {} } })],
  ])("ranks by %s", async (_, and) => {
    const hits = await search(and);
    expect(ids(hits).toSorted()).toEqual(ALL.toSorted());
    expect(ids(hits).slice(0, 2)).toEqual(["red-car", "turned-car"]);
  });

  test("ranks by a predicted concept", async () => {
    const hits = await search({
      output: { data: { concepts: [{ name: "racing car", value: 1 }] } },
    });
    expect(["red-car", "turned-car"]).toContain(hits[0].input.id);
  });

  test("ranks and filters together", async () => {
    const image = like({ data: { image: { url: sampleUrl("red-car-1.png") } } });
    const hits = await search(image, labelled({ id: "animal", value: 1 }));
    expect(ids(hits).toSorted()).toEqual(["dog", "puppy"]);
  });
});
