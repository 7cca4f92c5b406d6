import { describe, expect, test } from "vitest";
import { drawRectangles } from "../../../test/fixtures/tiny-detector.ts";
import { type DetectorPixels, pixelsSchema } from "./detector-config.ts";
import { detectorPixels, place, toPictureBox } from "./detector-pixels.ts";

const size = (widthPx: number, heightPx: number) => ({ widthPx, heightPx });
const YOLOX = { name: "yolox" } as const;
const DETR = { name: "detr", scores: "sigmoid" } as const;

describe("a picture's place in the input", () => {
  test.each([
    ["fill squashes", { fit: "fill", ...size(64, 32) }, size(64, 32), size(64, 32)],
    [
      "a letterbox keeps the shape",
      { fit: "letterbox", ...size(64, 64) },
      size(64, 64),
      size(64, 32),
    ],
    [
      "edges: the shorter one",
      { fit: "edges", shortestPx: 80, longestPx: 900 },
      size(160, 80),
      size(160, 80),
    ],
    [
      "edges: the longer one",
      { fit: "edges", shortestPx: 80, longestPx: 100 },
      size(100, 50),
      size(100, 50),
    ],
  ] as const)("%s", (_, resize, input, picture) => {
    expect(place(size(200, 100), resize)).toEqual({ input, picture });
  });

  test("never loses a pixel to rounding, nor all of a thin picture", () => {
    const resize = { fit: "letterbox", ...size(640, 640) } as const;
    for (let px = 1; px <= 700; px++) {
      const { picture } = place(size(px, px), resize);
      expect(picture).toEqual(size(640, 640));
    }
    expect(place(size(5000, 1), resize).picture).toEqual(size(640, 1));
  });

  test("turns boxes of the input into boxes of the picture, and none of the border", () => {
    const placement = { input: size(64, 64), picture: size(64, 32) };
    const box = { left: 0.25, top: 0.25, right: 0.75, bottom: 0.75 };
    expect(toPictureBox(box, placement)).toEqual({ left: 0.25, top: 0.5, right: 0.75, bottom: 1 });
    expect(toPictureBox({ ...box, top: 0.6 }, placement)).toBeUndefined();
  });
});

describe("pixels", () => {
  const read = (family: typeof YOLOX | typeof DETR, raw: object): DetectorPixels =>
    pixelsSchema(family).parse({ resample: 0, ...raw });
  const red = drawRectangles(40, 20, [{ colour: "red", left: 0, top: 0, width: 40, height: 20 }]);
  const at = (values: Float32Array, x: number, y: number, sidePx: number) =>
    [0, 1, 2].map((c) => values[c * sidePx * sidePx + y * sidePx + x]);

  test("of YOLOX: bytes as they are, blue first, grey below", async () => {
    const { values, placement } = await detectorPixels(red, read(YOLOX, { size: 32 }));
    expect(placement).toEqual({ input: size(32, 32), picture: size(32, 16) });
    expect(values).toHaveLength(3 * 32 * 32);
    expect(at(values, 31, 15, 32)).toEqual([0, 0, 255]);
    expect(at(values, 0, 16, 32)).toEqual([114, 114, 114]);
  });

  test("of D-FINE: parts of 1", async () => {
    const config = read(DETR, { do_normalize: false, size: { width: 32, height: 32 } });
    const { values } = await detectorPixels(red, config);
    expect(at(values, 31, 31, 32)).toEqual([1, 0, 0]);
  });

  test("of DETR: ImageNet's mean and deviation, edges of 800 and 1333 unless it says otherwise", async () => {
    const config = read(DETR, {});
    expect(config.resize).toEqual({ fit: "edges", shortestPx: 800, longestPx: 1333 });
    const { values } = await detectorPixels(red, {
      ...config,
      resize: { fit: "fill", ...size(32, 32) },
    });
    const expected = [(1 - 0.485) / 0.229, -0.456 / 0.224, -0.406 / 0.225];
    expect(at(values, 3, 3, 32)).toEqual(expected.map((value) => expect.closeTo(value, 5)));
  });
});
