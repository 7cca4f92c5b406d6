import sharp from "sharp";
import { expect, test } from "vitest";
import type { Decoded } from "./decode.ts";
import { type TermParts, Terms } from "./terms.ts";

const APP = { row: 1, userId: "me", id: "a", baseWorkflow: "Universal" };

test("encodes an example once, however often it is asked for", async () => {
  const create = { width: 4, height: 4, channels: 3, background: "#c33" } as const;
  const bytes = await sharp({ create }).png().toBuffer();
  const encoded: Decoded[] = [];
  const encodeImages = async (pictures: readonly Decoded[]) => {
    encoded.push(...pictures);
    return Float32Array.of(1, 0);
  };
  const terms = new Terms({
    encoder: { encodeImages },
    readExample: async () => bytes,
  } as unknown as TermParts);
  const rank = { kind: "example", id: "e", weight: 1 } as const;
  for (const weight of [1, 1, -1]) await terms.of(APP, { ...rank, weight });
  await terms.of(APP, { kind: "image", bytes, weight: 1 });
  expect(encoded).toHaveLength(1);
});
