import sharp from "sharp";
import { thumbHashToAverageRGBA, thumbHashToRGBA } from "thumbhash";
import { expect, test } from "vitest";
import { lookAt } from "./facts.ts";

/** Left half black, right half white. */
async function twoHalves(width: number, height: number) {
  const right = { create: { width: width / 2, height, channels: 3, background: "#fff" } } as const;
  const { data } = await sharp({ create: { width, height, channels: 3, background: "#000" } })
    .composite([{ input: right, left: width / 2, top: 0 }])
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { rgb: data, widthPx: width, heightPx: height };
}

test("a ThumbHash of 25 bytes or so shows what was where", async () => {
  const { blur } = await lookAt(await twoHalves(512, 256));
  expect(blur.length).toBeLessThanOrEqual(25);
  const { w, h, rgba } = thumbHashToRGBA(blur);
  expect(w / h).toBeCloseTo(2, 0);
  const [left, right] = [4 * (w * (h >> 1) + 2), 4 * (w * (h >> 1) + w - 3)];
  expect(rgba[left]!).toBeLessThan(60);
  expect(rgba[right]!).toBeGreaterThan(195);
});

test("is opaque", async () => {
  const { blur } = await lookAt(await twoHalves(2, 2));
  expect(thumbHashToAverageRGBA(blur).a).toBe(1);
});
