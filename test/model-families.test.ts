// Tiny models of five families, computed by an independent reference (test/reference, Python): the same token ids
// for hundreds of odd texts, the same embeddings, and searches through the engine.
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Encoder } from "../src/engine/encode.ts";
import { type Model, readModel } from "../src/engine/model.ts";
import { preprocess } from "../src/engine/preprocess.ts";
import { createTokenizer } from "../src/engine/tokenize.ts";
import { temporaryFolder } from "./fixtures/engine.ts";
import {
  buildReference,
  type Expected,
  readExpected,
  whyNoReference,
} from "./fixtures/reference.ts";
import {
  addEmoji,
  expectSearchable,
  largestDifference,
  withEngine,
} from "./fixtures/searchable.ts";

/** What @huggingface/tokenizers reads otherwise (docs/model-folders.md): texts with one of these. */
const KNOWN: Readonly<Record<string, RegExp>> = {
  clip: /<\|ENDOFTEXT\|>/, // an end token in capitals is an end token
  // Punctuation and accents that Unicode has since version 9.
  "chinese-clip": /[\u09fd\u061d\u0d3c]/,
  "xlm-roberta-clip": /\x85/, // no white space in JavaScript
  "sentence-clip": /\x85/,
};
const DIMS = { siglip: 32, siglip2: 32 } as Readonly<Record<string, number>>;

const missing = whyNoReference();
const folder = missing === undefined ? buildReference() : "";

describe.skipIf(missing !== undefined)(
  `models of each family, as the reference computes them${missing ? ` (${missing})` : ""}`,
  () => {
    describe.each([
      "clip",
      "siglip",
      "siglip2",
      "chinese-clip",
      "xlm-roberta-clip",
      "sentence-clip",
    ])("%s", (family) => {
      let model: Model;
      let expected: Expected;
      let encoder: Encoder;
      beforeAll(async () => {
        expected = readExpected(folder, family);
        model = await readModel(join(folder, family));
        encoder = await Encoder.open(model, 1);
      });
      afterAll(() => encoder.close());

      test("gives hundreds of odd texts the same ids", () => {
        const tokenize = createTokenizer({ ...model.tokenize, padToContext: false });
        const differing = expected.odd.filter(({ text, ids }) => {
          const tokens = tokenize([text]);
          return (
            tokens.ids.length !== ids.length || ids.some((id, i) => Number(tokens.ids[i]) !== id)
          );
        });
        expect(expected.odd.length).toBeGreaterThan(400);
        expect(differing.filter(({ text }) => !KNOWN[family]?.test(text))).toEqual([]);
      });

      test("pads and cuts as the model was trained", () => {
        const tokenize = createTokenizer(model.tokenize);
        for (const { text, ids } of expected.texts)
          expect([...tokenize([text]).ids].map(Number)).toEqual(ids);
      });

      test("embeds texts alone and in a batch", async () => {
        expect(encoder.dim).toBe(DIMS[family] ?? 24);
        const { texts } = expected;
        const batch = await encoder.encodeTexts(texts.map(({ text }) => text));
        for (const [i, { text, embedding }] of texts.entries()) {
          const row = batch.subarray(i * encoder.dim, (i + 1) * encoder.dim);
          expect(largestDifference(row, embedding)).toBeLessThan(1e-4);
          expect(largestDifference(await encoder.encodeTexts([text]), embedding)).toBeLessThan(
            1e-4,
          );
        }
      });

      test("embeds the reference's pixels", async () => {
        const rows = expected.pictures.map(({ pixels }) => toFloats(pixels));
        const batch = await encoder.encodePixels(rows);
        const embeddings = expected.pictures.flatMap(({ embedding }) => embedding);
        expect(largestDifference(batch, embeddings)).toBeLessThan(1e-4);
      });

      // sharp and Pillow round differently: 4 of 256 levels, at these small sizes (models.test.ts).
      test("makes nearly the same pixels", async () => {
        for (const { width, height, rgb, pixels } of expected.pictures) {
          const picture = { rgb: Buffer.from(rgb, "base64"), widthPx: width, heightPx: height };
          const made = await preprocess(picture, model.preprocess);
          const tolerance = 4 / 255 / Math.min(...model.preprocess.std);
          expect(largestDifference(made, toFloats(pixels))).toBeLessThan(tolerance);
        }
      });

      test("opens, indexes and searches", async () => {
        await withEngine(model.folder, async (opened) => {
          await addEmoji(opened);
          expect(opened.engine.model).toEqual({ name: family, dim: encoder.dim, device: "cpu" });
          await expectSearchable(opened);
        });
      });
    });

    test("clip in halves, taken when there is nothing finer, gives nearly the same vectors", async () => {
      const halves = join(temporaryFolder(), "clip");
      cpSync(join(folder, "clip"), halves, { recursive: true });
      for (const tower of ["vision", "text"]) rmSync(join(halves, "onnx", `${tower}_model.onnx`));
      const { pictures, texts } = readExpected(folder, "clip");
      const encoder = await Encoder.open(await readModel(halves), 1);
      const images = await encoder.encodePixels(pictures.map(({ pixels }) => toFloats(pixels)));
      const words = await encoder.encodeTexts(texts.map(({ text }) => text));
      await encoder.close();
      const embeddings = [...pictures, ...texts].flatMap(({ embedding }) => embedding);
      expect(largestDifference([...images, ...words], embeddings)).toBeLessThan(1e-2);
    });
  },
);

function toFloats(base64: string): Float32Array {
  return new Float32Array(new Uint8Array(Buffer.from(base64, "base64")).buffer);
}
