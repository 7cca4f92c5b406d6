// Loading, unloading and closing the towers of a real encoder, at the worst moments; and devices that are not there.
import { readdirSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { Encoder, type EncoderOptions } from "../src/engine/encode.ts";
import { readModel } from "../src/engine/model.ts";
import { openSession } from "../src/engine/open-session.ts";
import { wavePixels } from "../src/engine/wave-pixels.ts";
import { clipFiles, writeModel } from "./fixtures/model-folders.ts";

const model = await readModel(writeModel("clip", clipFiles()));
const pixels = wavePixels(3 * 224 * 224);
const { platform } = process;

async function withEncoder(
  options: EncoderOptions,
  work: (encoder: Encoder) => Promise<void>,
): Promise<void> {
  const encoder = await Encoder.open(model, 1, options);
  try {
    await work(encoder);
  } finally {
    await encoder.close();
  }
}

test.runIf(platform === "linux")("unloads the image tower, not the text tower", async () => {
  const countThreads = () => readdirSync("/proc/self/task").length;
  const before = countThreads();
  await withEncoder({ imageIdleMs: 100 }, async (encoder) => {
    await encoder.encodePixels([pixels]);
    const loaded = countThreads();
    while (countThreads() > loaded - 1) await setTimeout(20);
    await setTimeout(300);
    expect(countThreads()).toBeGreaterThan(before);
    await encoder.encodePixels([pixels]);
    expect(countThreads()).toBe(loaded);
  });
});

test("gives the same vector to images that come while the tower is unloaded", async () => {
  await withEncoder({ imageIdleMs: 1 }, async (encoder) => {
    const expected = await encoder.encodePixels([pixels]);
    for (let waitMs = 0; waitMs < 6; waitMs++) {
      await setTimeout(waitMs / 2);
      const both = await Promise.all([
        encoder.encodePixels([pixels]),
        encoder.encodePixels([pixels]),
        encoder.encodeTexts(["a photo"]),
      ]);
      expect(both.slice(0, 2)).toEqual([expected, expected]);
    }
  });
});

test("closes while the tower is loaded again; calls under way end, later ones are cancelled", async () => {
  for (let round = 0; round < 3; round++) {
    const encoder = await Encoder.open(model, 1, { imageIdleMs: 1 });
    await setTimeout(50);
    const underWay = encoder.encodePixels([pixels]);
    await Promise.all([encoder.close(), encoder.close()]);
    expect((await underWay).length).toBe(encoder.dim);
    const late = encoder.encodePixels([pixels]);
    await expect(late).rejects.toMatchObject({ code: "cancelled" });
  }
});

test("takes other settings between two images", async () => {
  await withEncoder({}, async (encoder) => {
    const expected = await encoder.encodePixels([pixels]);
    const [, ...rows] = await Promise.all([
      encoder.use({ imageThreads: 2, textThreads: 2, imageBatch: 3 }),
      encoder.encodePixels([pixels]),
      encoder.encodePixels([pixels]),
    ]);
    expect(rows).toEqual([expected, expected]);
    expect(encoder.imageBatch).toBe(3);
  });
});

test("a device that was asked for and is not there is an error that says what is missing", async () => {
  const absent = platform === "win32" ? "cuda" : "dml";
  await expect(Encoder.open(model, 1, { device: absent })).rejects.toMatchObject({
    code: "model_unavailable",
    message: expect.stringMatching(new RegExp(`usable device for ${absent} .*it has auto, cpu`)),
  });
});

test("falls back to the CPU and says why when a GPU turns out not to work", async () => {
  const { preprocess, visionFile: file, pooling } = model;
  const picture = [3, preprocess.heightPx, preprocess.widthPx] as const;
  const start = { kind: "image", file, pooling, picture, threads: 1, isCompared: true } as const;
  // As if its library were installed.
  const claimed = { os: "linux", backends: ["cpu", "cuda"], hasFile: () => true } as const;
  const { session, ...opened } = await openSession({ ...start, device: "auto" }, claimed);
  expect(opened).toEqual({
    device: "cpu",
    refusal: expect.stringMatching(/usable device for cuda/),
  });
  await session.release();
});
