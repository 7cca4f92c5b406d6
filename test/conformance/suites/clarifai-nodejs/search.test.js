import { EventEmitter } from "node:events";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Input, Search } from "clarifai-nodejs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { picturesFolder, sampleBytes, sampleUrl } from "../server.js";
import { createApp, ids } from "./client.js";

const STREET = [
  "red-car-1.png",
  "red-car-2.jpeg",
  "red-truck.png",
  "black-car.jpg",
  "metro-north.jpg",
];
const STREET_IDS = STREET.map((name) => name.split(".")[0]);
const ALL = ["dog", ...STREET_IDS].toSorted();

describe("Search", () => {
  const events = [];
  let app;

  beforeAll(async () => {
    app = await createApp();
    for (const datasetId of ["animals", "street"]) await app.app.createDataset({ datasetId });
    const dog = Input.getInputFromUrl({
      inputId: "dog",
      imageUrl: sampleUrl("dog.tiff"),
      labels: ["dog", "old friend"],
      geoInfo: { longitude: -30, latitude: 40 },
      metadata: { Breed: "Saint Bernard", care: { vet: "Ann" } },
      datasetId: "animals",
    });
    await app.input.uploadInputs({ inputs: [dog] });
    await uploadStreet();
    expect(await app.searchable(ALL.length)).toEqual(ALL);
  });

  /** A folder as people have it: its name becomes the label, the files' names the ids. */
  async function uploadStreet() {
    const folder = mkdtempSync(join(tmpdir(), "street-"));
    afterAll(() => rmSync(folder, { recursive: true }));
    for (const name of STREET) copyFileSync(join(picturesFolder, name), join(folder, name));
    const uploadProgressEmitter = new EventEmitter();
    for (const name of ["start", "progress", "end", "error"]) {
      uploadProgressEmitter.on(name, (progress) => events.push([name, progress]));
    }
    await app.dataset("street").uploadFromFolder({
      folderPath: folder,
      inputType: "image",
      labels: true,
      uploadProgressEmitter,
    });
  }

  test("the upload of a folder tells how far it is, and ends", () => {
    expect(events).toEqual([
      ["start", { current: 0, total: 1 }],
      ["progress", { current: 1, total: 1 }],
      ["end", { current: 1, total: 1 }],
    ]);
  });

  const concept = (name, value = 1) => ({ concepts: [{ name, value }] });
  const around = (geoLimit) => ({ geoPoint: { longitude: -29, latitude: 40, geoLimit } });

  test.each([
    ["100 km around", [around(100)], ["dog"]],
    ["80 km around", [around(80)], []],
    ["a concept by name", [concept("dog")], ["dog"]],
    [
      "a concept by the id that the SDK made",
      [{ concepts: [{ id: "id-dog", value: 1 }] }],
      ["dog"],
    ],
    [
      "either concept",
      [
        {
          concepts: [
            { name: "deer", value: 1 },
            { name: "dog", value: 1 },
          ],
        },
      ],
      ["dog"],
    ],
    ["both concepts", [concept("dog"), concept("deer")], []],
    ["a concept with value 0", [concept("dog", 0)], STREET_IDS],
    ["metadata", [{ metadata: { Breed: "Saint Bernard" } }], ["dog"]],
    ["metadata inside", [{ metadata: { care: { vet: "Ann" } } }], ["dog"]],
    ["other metadata", [{ metadata: { Breed: "Poodle" } }], []],
    ["images that are indexed", [{ inputTypes: ["image"] }, { inputStatusCode: 30000 }], ALL],
    ["other types", [{ inputTypes: ["text", "audio", "video"] }], []],
    [
      "other types or indexed",
      [{ inputTypes: ["text", "audio", "video"], inputStatusCode: 30000 }],
      ALL,
    ],
    ["a dataset", [{ inputDatasetIds: ["animals"] }], ["dog"]],
    ["either dataset", [{ inputDatasetIds: ["animals", "street"] }], ALL],
    ["a dataset that is not there", [{ inputDatasetIds: ["random_dataset"] }], []],
    ["concept and metadata", [concept("dog"), { metadata: { Breed: "Saint Bernard" } }], ["dog"]],
    ["nothing", [{}], ALL],
  ])("filters by %s", async (_, filters, expected) => {
    const hits = await app.search({ filters }, { topK: 100 });
    expect([...new Set(ids(hits))].toSorted()).toEqual(expected.toSorted());
    expect(hits.every(({ score }) => score === 1)).toBe(true);
  });

  test.each([
    ["an image's URL", { imageUrl: sampleUrl("red-car-1.png") }],
    ["an image's bytes", { imageBytes: sampleBytes("red-car-1.png") }],
  ])("ranks by %s", async (_, rank) => {
    const hits = await app.search({ ranks: [rank] });
    expect(ids(hits).slice(0, 2)).toEqual(["red-car-1", "red-car-2"]);
    expect(hits[0].score).toBeGreaterThan(0.999);
    expect(ids(hits).toSorted()).toEqual(ALL);
  });

  test("ranks by a caption", async () => {
    const [best] = await app.best({ ranks: [{ textRaw: "a red racing car on a road" }] });
    expect(["red-car-1", "red-car-2"]).toContain(best.input.id);
  });

  test("ranks by a concept that the labels know", async () => {
    const [best] = await app.best({ ranks: [concept("dog")] });
    expect(best.input.id).toBe("dog");
  });

  test("ranks what passes a filter", async () => {
    const ranks = [{ imageUrl: sampleUrl("dog.tiff") }];
    const first = await app.best({ ranks, filters: [{ inputTypes: ["image"] }] }, { topK: 1 });
    expect(ids(first)).toEqual(["dog"]);
    const street = await app.search({ ranks, filters: [{ inputDatasetIds: ["street"] }] });
    expect(ids(street).toSorted()).toEqual(STREET_IDS.toSorted());
  });

  test.each([
    ["cosine", "nearest_neighbor"],
    ["cosine", "brute_force"],
    ["euclidean", "brute_force"],
  ])("takes metric %s with algorithm %s", async (metric, algorithm) => {
    const ranks = [{ imageUrl: sampleUrl("red-car-1.png") }];
    const hits = await app.best({ ranks }, { metric, algorithm, topK: 2 });
    expect(ids(hits)).toEqual(["red-car-1", "red-car-2"]);
  });

  test("gives one page", async () => {
    const query = { filters: [{ inputTypes: ["image"] }], page: 1, perPage: 3 };
    expect(await app.best(query)).toHaveLength(3);
  });

  test("gives all pages, each input once", async () => {
    const query = { filters: [{ inputTypes: ["image"] }], page: 1, perPage: 2 };
    expect(ids(await app.search(query)).toSorted()).toEqual(ALL);
  });

  test("says that a page is beyond the limit in the SDK's words", async () => {
    const query = { filters: [{ inputTypes: ["image"] }], page: 1_000_000, perPage: 1000 };
    await expect(app.search(query)).rejects.toThrow("exceed the limit");
  });

  test("checks its arguments before it asks", () => {
    const search = new Search({ authConfig: app.authConfig });
    expect(() => search.query({ filters: [{ inputTypes: ["imaage"] }] })).toThrow();
    expect(() => search.query({ ranks: [concept("dog", 2)] })).toThrow();
  });
});
