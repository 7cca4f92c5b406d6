import { beforeAll, describe, expect, test } from "vitest";
import { createApp, ids, struct } from "./client.js";
import { fill } from "./street.js";

const region = (concept, row, data = {}) => ({
  region_info: { bounding_box: { top_row: row, left_col: 0, bottom_row: row + 0.4, right_col: 1 } },
  data: { concepts: [{ id: concept, value: 1 }], ...data },
});

describe("annotations", () => {
  let app;
  beforeAll(async () => {
    app = await createApp();
    await fill(app);
    await app.call("PostAnnotations", {
      annotations: [
        { id: "palm-box", input_id: "train", data: { regions: [region("palm", 0)] } },
        {
          id: "water-box",
          input_id: "train",
          annotation_info: struct({ by: "Ann", round: 2 }),
          data: { regions: [region("water", 0.5)] },
        },
        { id: "dog-box", input_id: "dog", data: { regions: [region("palm", 0.2)] } },
        { id: "whole", input_id: "dog", data: { concepts: [{ id: "portrait", value: 1 }] } },
      ],
    });
  });

  const concept = (id) => ({ annotation: { data: { concepts: [{ id, value: 1 }] } } });

  async function search(query, search = {}) {
    const { hits } = await app.call("PostAnnotationsSearches", {
      searches: [{ query, ...search }],
      pagination: { page: 1, per_page: 1000 },
    });
    return hits;
  }
  const annotationIds = (hits) => hits.map((hit) => hit.annotation.id).toSorted();

  test("are hits, with their inputs and score 1", async () => {
    const hits = await search({ filters: [concept("palm")] });
    expect(annotationIds(hits)).toEqual(["dog-box", "palm-box"]);
    expect(ids(hits).toSorted()).toEqual(["dog", "train"]);
    expect(hits.every(({ score }) => score === 1)).toBe(true);
    expect(hits[0].annotation.data.regions[0].data.concepts[0].id).toBe("palm");
  });

  test("must pass every filter alone: none has palm and water", async () => {
    expect(await search({ filters: [concept("palm"), concept("water")] })).toEqual([]);
  });

  test("of inputs may pass one each: the train has palm and water", async () => {
    const hits = await app.search({ filters: [concept("palm"), concept("water")] });
    expect(ids(hits)).toEqual(["train"]);
  });

  test("give each input once where inputs are hits", async () => {
    const hits = await app.search({
      filters: [
        {
          annotation: {
            data: {
              concepts: [
                { id: "palm", value: 1 },
                { id: "water", value: 1 },
              ],
            },
          },
        },
      ],
    });
    expect(ids(hits).toSorted()).toEqual(["dog", "train"]);
  });

  test.each([
    ["id", { id: "water-box" }, ["water-box"]],
    [
      "input",
      { input_id: "train", data: { regions: [{ region_info: { bounding_box: {} } }] } },
      ["palm-box", "water-box"],
    ],
    ["annotation_info", { annotation_info: struct({ by: "Ann" }) }, ["water-box"]],
    [
      "bounding boxes",
      { data: { regions: [{ region_info: { bounding_box: {} } }] } },
      ["dog-box", "palm-box", "water-box"],
    ],
    ["masks", { data: { regions: [{ region_info: { mask: {} } }] } }, []],
  ])("are found by %s", async (_, annotation, expected) => {
    expect(annotationIds(await search({ filters: [{ annotation }] }))).toEqual(expected);
  });

  test("of one input are listed, the input-level one among them", async () => {
    const { annotations } = await app.call("ListAnnotations", { input_ids: ["dog"] });
    const whole = annotations.filter(({ input_level }) => input_level);
    expect(whole).toHaveLength(1);
    expect(annotations.map(({ id }) => id)).toContain("dog-box");
  });

  test("can be posted, read, patched and deleted", async () => {
    const { annotations } = await app.call("PostAnnotations", {
      annotations: [{ input_id: "puppy", data: { concepts: [{ id: "sleeping", value: 1 }] } }],
    });
    const [{ id, status }] = annotations;
    expect(status.code).toBe(24150);
    const key = { input_id: "puppy", annotation_id: id };
    await app.call("PatchAnnotations", {
      action: "overwrite",
      annotations: [{ id, input_id: "puppy", data: { concepts: [{ id: "awake", value: 1 }] } }],
    });
    const { annotation } = await app.call("GetAnnotation", key);
    expect(annotation.data.concepts.map((one) => one.id)).toEqual(["awake"]);
    expect(annotationIds(await search({ filters: [concept("awake")] }))).toEqual([id]);
    await app.call("DeleteAnnotation", key);
    expect((await app.ask("GetAnnotation", key)).status.code).toBe(11101);
    expect(await search({ filters: [concept("awake")] })).toEqual([]);
  });

  test("of an input that is not there: an error", async () => {
    const { status } = await app.ask("PostAnnotations", {
      annotations: [{ input_id: "nowhere", data: { concepts: [{ id: "x", value: 1 }] } }],
    });
    expect(status.code).not.toBe(10000);
  });

  test("are ranked with their inputs", async () => {
    const hits = await search({
      ranks: [{ annotation: { input_id: "red-car" } }],
      filters: [concept("vehicle")],
    });
    expect(ids(hits)).toHaveLength(3);
    expect(hits[0].input.id).toBe("red-car");
    expect(hits[0].annotation.input_id).toBe("red-car");
  });
});
