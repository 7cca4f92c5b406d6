import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError } from "../errors.ts";
import { Encoder } from "./encode.ts";
import { readModel } from "./model.ts";
import { preprocess } from "./preprocess.ts";
import { createTokenizer } from "./tokenize.ts";

const FOLDER = fileURLToPath(new URL("../../models/compact", import.meta.url));

type Reference = {
  texts: { text: string; ids: number[]; embedding: number[] }[];
  images: { pixels: string; embedding: number[] }[];
};
const reference: Reference = JSON.parse(readFileSync(`${FOLDER}/reference.json`, "utf8"));

// The formulas that reference.json states in words, at 96 x 96: (x, y) -> [R, G, B].
const FORMULAS: ((x: number, y: number) => readonly [number, number, number])[] = [
  (x, y) => [(2 * x) % 256, (2 * y) % 256, (x + y) % 256],
  (x, y) => {
    const grey = ((x >> 4) + (y >> 4)) % 2 === 1 ? 255 : 32;
    return [grey, grey, grey];
  },
  (x, y) => {
    const isInside = (x - 48) ** 2 + (y - 40) ** 2 < 900;
    return isInside ? [230, (3 * x) % 256, 40] : [20, 90, (2 * y) % 256];
  },
];

function draw(formula: (x: number, y: number) => readonly [number, number, number]): Uint8Array {
  const rgb = new Uint8Array(96 * 96 * 3);
  for (let y = 0; y < 96; y++) {
    for (let x = 0; x < 96; x++) rgb.set(formula(x, y), 3 * (96 * y + x));
  }
  return rgb;
}

function largestDifference(actual: Float32Array, expected: readonly number[]): number {
  return Math.max(...expected.map((value, i) => Math.abs(value - actual[i]!)));
}

describe("the embedded encoder", async () => {
  const model = await readModel(FOLDER);
  let encoder: Encoder;
  beforeAll(async () => {
    encoder = await Encoder.open(model, 2);
  });
  afterAll(() => encoder.close());

  test.each(reference.texts)(
    "tokenizes and embeds $text as the reference does",
    async ({ text, ids, embedding }) => {
      const tokens = createTokenizer(model.tokenize)([text]);
      expect([...tokens.ids].map(Number)).toEqual(ids);
      expect(largestDifference(await encoder.encodeTexts([text]), embedding)).toBeLessThan(1e-3);
    },
  );

  test.each(reference.images.map((image, i) => ({ ...image, formula: FORMULAS[i]! })))(
    "embeds the image $pixels as the reference does",
    async ({ formula, embedding }) => {
      const pixels = await preprocess(
        { rgb: draw(formula), widthPx: 96, heightPx: 96 },
        model.preprocess,
      );
      expect(largestDifference(await encoder.encodePixels([pixels]), embedding)).toBeLessThan(2e-3);
    },
  );

  test("gives each text of a batch the vector it gets alone", async () => {
    const texts = reference.texts.map(({ text }) => text);
    const batch = await encoder.encodeTexts(texts);
    for (const [i, text] of texts.entries()) {
      const alone = await encoder.encodeTexts([text]);
      expect(
        largestDifference(batch.subarray(i * encoder.dim, (i + 1) * encoder.dim), [...alone]),
      ).toBeLessThan(1e-5);
    }
  });

  test("answers many calls at once, each with its own vector", async () => {
    const [first, second] = reference.texts;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => encoder.encodeTexts([(i % 2 ? second : first)!.text])),
    );
    for (const [i, answer] of answers.entries()) {
      expect(largestDifference(answer, (i % 2 ? second : first)!.embedding)).toBeLessThan(1e-3);
    }
  });
});

test("a folder without a model names the missing file and the way out", async () => {
  const error = await readModel("/nowhere").catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ code: "model_unavailable" });
  expect((error as AppError).message).toMatch(/config\.json.*SEMBLANCE_MODEL/);
});
