// The many kinds of TIFF, posted and by URL. Cameras, scanners and print shops all write their own.
import sharp, { type Sharp } from "sharp";
import { afterAll, expect, test } from "vitest";
import { openTestEngine, settled } from "../../test/fixtures/engine.ts";
import { decode } from "./decode.ts";
import type { Input } from "./engine.ts";
import { Thread } from "./thread.ts";

const codecs = new Thread("codec-worker");
afterAll(() => codecs.close());

const WIDTH = 96;
const HEIGHT = 64;

/** Red on the left, blue on the right. */
function twoColours(left = "#f00"): Sharp {
  const half = { width: WIDTH / 2, height: HEIGHT, channels: 3 } as const;
  return sharp({ create: { ...half, width: WIDTH, background: left } }).composite([
    { input: { create: { ...half, background: "#00f" } }, left: WIDTH / 2, top: 0 },
  ]);
}

/** `within`: how far a channel may be off; print colours have no pure red and blue. */
async function expectTwoColours(bytes: Buffer, within = 12): Promise<void> {
  const { rgb, ...picture } = await decode(bytes, codecs);
  expect(picture).toMatchObject({ format: "tiff", widthPx: WIDTH, heightPx: HEIGHT });
  const farthest = (x: number, colour: readonly number[]) =>
    Math.max(...colour.map((value, i) => Math.abs(value - rgb[3 * x + i]!)));
  expect(farthest(8, [255, 0, 0])).toBeLessThan(within);
  expect(farthest(88, [0, 0, 255])).toBeLessThan(within);
}

test.each([
  ["LZW", { compression: "lzw" }],
  ["LZW with a predictor", { compression: "lzw", predictor: "horizontal" }],
  ["JPEG", { compression: "jpeg", quality: 90 }],
  ["deflate", { compression: "deflate" }],
  ["packbits", { compression: "packbits" }],
  ["no compression", { compression: "none" }],
  ["tiles", { compression: "jpeg", tile: true, tileWidth: 64, tileHeight: 64 }],
  ["smaller copies of itself", { compression: "lzw", tile: true, pyramid: true }],
  ["64-bit offsets", { compression: "lzw", bigtiff: true }],
] as const)("reads TIFF with %s", async (_kind, options) => {
  await expectTwoColours(await twoColours().tiff(options).toBuffer());
});

test.each([
  ["16 bits per channel", "rgb16", "lzw"],
  ["print colours", "cmyk", "lzw"],
  ["print colours in JPEG", "cmyk", "jpeg"],
  ["Lab colours", "lab", "lzw"],
] as const)("reads TIFF with %s", async (_kind, space, compression) => {
  const png = await twoColours().png().toBuffer();
  const bytes = await sharp(png).toColourspace(space).tiff({ compression }).toBuffer();
  const { space: written } = await sharp(bytes).metadata();
  expect(written).toBe(space);
  await expectTwoColours(bytes, space === "cmyk" ? 120 : 12);
});

test("takes the first page of several", async () => {
  const pages = [await twoColours().png().toBuffer(), await twoColours("#0f0").png().toBuffer()];
  const bytes = await sharp(pages, { join: { animated: true } })
    .tiff()
    .toBuffer();
  expect((await sharp(bytes).metadata()).pages).toBe(2);
  await expectTwoColours(bytes);
});

test("finds TIFF that was posted and TIFF from a URL", async () => {
  const bytes = await twoColours().tiff({ compression: "lzw" }).toBuffer();
  const other = await twoColours("#fa0").tiff({ compression: "jpeg" }).toBuffer();
  const opened = await openTestEngine({ fetchImage: async () => other });
  const { engine, app } = opened;
  const url = "https://photos.test/dog.tiff";
  const [posted, fetched] = (await engine.addInputs(app, [{ bytes }, { url }])) as Input[];
  await settled(opened);
  for (const { id } of [posted!, fetched!]) {
    expect(await engine.input(app, id)).toMatchObject({
      status: "processed",
      format: "tiff",
      widthPx: WIDTH,
      heightPx: HEIGHT,
    });
    expect((await engine.original(app, id))!.mediaType).toBe("image/tiff");
  }
  const ranks = [{ kind: "url", url, weight: 1 }] as const;
  const { hits } = await engine.search(app, { ranks, filters: [], offset: 0, limit: 2 });
  expect(hits[0]!.input.id).toBe(fetched!.id);
  await engine.close();
});
