import { describe, expect, test } from "vitest";
import { cropPicture } from "./crop.ts";

const size = (widthPx: number, heightPx: number) => ({ widthPx, heightPx });

describe("a crop", () => {
  // Each pixel says where it is.
  const rgb = Uint8Array.from(
    { length: 3 * 100 * 50 },
    (_, i) => [Math.floor(i / 3) % 100, Math.floor(i / 300), 7][i % 3]!,
  );
  const picture = { rgb, ...size(100, 50) };
  const corners = (crop: { readonly rgb: Uint8Array }) => [
    ...crop.rgb.subarray(0, 3),
    ...crop.rgb.subarray(-3),
  ];

  test("has the pixels of its box and a tenth around it", () => {
    const crop = cropPicture(picture, { left: 0.2, top: 0.4, right: 0.4, bottom: 0.8 });
    expect(crop).toMatchObject(size(24, 24));
    expect(crop.rgb).toHaveLength(3 * 24 * 24);
    expect(corners(crop)).toEqual([18, 18, 7, 41, 41, 7]);
  });

  test("ends where the picture does", () => {
    const crop = cropPicture(picture, { left: 0, top: 0, right: 1, bottom: 1 });
    expect(crop).toMatchObject({ ...size(100, 50), rgb });
  });

  test("has at least a pixel, and those that its edge goes through", () => {
    const thin = { left: 0.999, top: 0.5, right: 0.9991, bottom: 0.5001 };
    expect(cropPicture(picture, thin, 0)).toMatchObject(size(1, 1));
    const between = { left: 0.105, top: 0.11, right: 0.125, bottom: 0.13 };
    expect(corners(cropPicture(picture, between, 0))).toEqual([10, 5, 7, 12, 6, 7]);
  });
});
