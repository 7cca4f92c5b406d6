import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Input } from "clarifai-nodejs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { picturesFolder, sampleBytes, sampleUrl } from "../server.js";
import { createApp, ids } from "./client.js";

describe("Input", () => {
  let app;
  beforeAll(async () => {
    app = await createApp();
    await app.app.createDataset({ datasetId: "mine" });
  });

  const find = async (filter) => ids(await app.search({ filters: [filter] }, { topK: 100 }));

  test("uploads by URL, by file and by bytes", async () => {
    const more = { datasetId: "mine", labels: ["some drink"], metadata: { by: "Ann" } };
    await app.input.uploadFromUrl({ inputId: "url", imageUrl: sampleUrl("beer.jpeg"), ...more });
    await app.input.uploadFromFile({
      inputId: "file",
      imageFile: join(picturesFolder, "cookies.jpeg"),
      ...more,
    });
    await app.input.uploadFromBytes({
      inputId: "bytes",
      imageBytes: sampleBytes("wedding.jpg"),
      ...more,
    });
    expect(await app.searchable(3)).toEqual(["bytes", "file", "url"]);
    for (const filter of [
      { inputDatasetIds: ["mine"] },
      { concepts: [{ id: "id-somedrink", value: 1 }] },
      { metadata: { by: "Ann" } },
    ]) {
      expect((await find(filter)).toSorted()).toEqual(["bytes", "file", "url"]);
    }
  });

  test("an id that is taken is an error with its cause", async () => {
    const again = app.input.uploadFromUrl({ inputId: "url", imageUrl: sampleUrl("dog2.jpeg") });
    const error = await again.catch((thrown) => thrown);
    expect(error.message).toMatch(/^Inputs upload failed with response /);
    expect(error.cause.status.code).not.toBe(10000);
  });

  test("patches: merge, overwrite, remove", async () => {
    const patch = (action, labels) => {
      const input = Input.getInputFromUrl({
        inputId: "url",
        imageUrl: sampleUrl("beer.jpeg"),
        labels,
      });
      input.getData().clearImage();
      return app.input.patchInputs({ inputs: [input], action });
    };
    await patch("merge", ["fresh"]);
    expect(await find({ concepts: [{ name: "fresh", value: 1 }] })).toEqual(["url"]);
    expect(await find({ concepts: [{ id: "id-somedrink", value: 1 }] })).toContain("url");
    await patch("overwrite", ["stale"]);
    expect(await find({ concepts: [{ name: "fresh", value: 1 }] })).toEqual([]);
    await patch("remove", ["stale"]);
    expect(await find({ concepts: [{ name: "stale", value: 1 }] })).toEqual([]);
  });

  test("uploads boxes and polygons", async () => {
    const box = Input.getBboxProto({ inputId: "file", label: "crumb", bbox: [0.1, 0.2, 0.3, 0.4] });
    const polygons = [
      [
        [0.1, 0.1],
        [0.5, 0.1],
        [0.3, 0.6],
      ],
    ];
    const mask = Input.getMaskProto({ inputId: "file", label: "plate", polygons });
    expect(await app.input.uploadAnnotations({ batchAnnot: [box, mask] })).toEqual([]);
    expect(await find({ concepts: [{ name: "crumb", value: 1 }] })).toEqual(["file"]);
    expect(await find({ concepts: [{ name: "plate", value: 1 }] })).toEqual(["file"]);
  });

  test("annotations of an input that is not there come back to be tried again", async () => {
    const box = Input.getBboxProto({ inputId: "nowhere", label: "x", bbox: [0, 0, 1, 1] });
    expect(await app.input.uploadAnnotations({ batchAnnot: [box] })).toEqual([box]);
  });

  test("uploads a list of URLs with labels and metadata from a CSV file", async () => {
    const own = await createApp();
    await own.app.createDataset({ datasetId: "list" });
    const folder = mkdtempSync(join(tmpdir(), "csv-"));
    afterAll(() => rmSync(folder, { recursive: true }));
    const csvPath = join(folder, "list.csv");
    const rows = [
      "inputid,input,concepts,metadata,geopoints",
      `one,${sampleUrl("beer.jpeg")},drink,,`,
      `two,${sampleUrl("cookies.jpeg")},"food,sweet",,`,
    ];
    writeFileSync(csvPath, rows.join("\n"));
    await own.dataset("list").uploadFromCSV({ csvPath, csvType: "url", inputType: "image" });
    expect(await own.searchable(2)).toEqual(["one", "two"]);
    const sweet = await own.search({ filters: [{ concepts: [{ name: "sweet", value: 1 }] }] });
    expect(ids(sweet)).toEqual(["two"]);
  });

  test("a batch with a picture that cannot be read ends, without that one", async () => {
    const own = await createApp();
    const inputs = [
      Input.getInputFromUrl({ inputId: "good", imageUrl: sampleUrl("beer.jpeg") }),
      Input.getInputFromUrl({ inputId: "absent", imageUrl: sampleUrl("absent.jpeg") }),
    ];
    await own.input.bulkUpload({ inputs });
    expect(await own.searchable(1)).toEqual(["good"]);
  });
});
