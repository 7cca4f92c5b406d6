// RGB pictures -> a detector's input, and boxes in it -> boxes in the picture.
import sharp from "sharp";
import type { Decoded } from "../decode.ts";
import { preprocess } from "../preprocess.ts";
import { type Box, clipBox } from "./box.ts";
import type { DetectorPixels, DetectorResize } from "./detector-config.ts";

type Size = { readonly widthPx: number; readonly heightPx: number };
type Picture = Pick<Decoded, "rgb" | "widthPx" | "heightPx">;

/** The whole input, and the part of it, from the upper left corner, that the picture takes. */
export type Placement = { readonly input: Size; readonly picture: Size };

/** `values`: [3, H, W] f32, row-major. */
export type PlacedPixels = { readonly values: Float32Array; readonly placement: Placement };

/** One picture as the model wants it. */
export async function detectorPixels(
  picture: Picture,
  config: DetectorPixels,
): Promise<PlacedPixels> {
  const placement = place(picture, config.resize);
  const rgb = await resize(picture, placement, config);
  const { input } = placement;
  const asItIs = { ...config, ...input, resize: { ...input, fit: "fill" } } as const;
  const values = await preprocess({ rgb, ...input }, asItIs);
  return { values: config.isBgr ? swapRedAndBlue(values) : values, placement };
}

/** Where a picture of this size lies in the input. */
export function place({ widthPx, heightPx }: Size, to: DetectorResize): Placement {
  const picture = { widthPx, heightPx };
  if (to.fit === "edges") {
    const [short, long] = [Math.min(widthPx, heightPx), Math.max(widthPx, heightPx)];
    const scaled = scale(picture, Math.min(to.shortestPx / short, to.longestPx / long), Math.round);
    return { input: scaled, picture: scaled };
  }
  const input = { widthPx: to.widthPx, heightPx: to.heightPx };
  if (to.fit === "fill") return { input, picture: input };
  const ratio = Math.min(input.widthPx / widthPx, input.heightPx / heightPx);
  return { input, picture: scale(picture, ratio, Math.floor) };
}

function scale({ widthPx, heightPx }: Size, ratio: number, round: (px: number) => number): Size {
  // A letterbox of 640 for 333 pixels must not lose one to 639.9999.
  const toPx = (px: number) => Math.max(1, round(px * ratio + 1e-6));
  return { widthPx: toPx(widthPx), heightPx: toPx(heightPx) };
}

/** A box in parts of the input -> one in parts of the picture; undefined if it is beside it. */
export function toPictureBox(box: Box, { input, picture }: Placement): Box | undefined {
  const across = input.widthPx / picture.widthPx;
  const down = input.heightPx / picture.heightPx;
  return clipBox({
    left: box.left * across,
    top: box.top * down,
    right: box.right * across,
    bottom: box.bottom * down,
  });
}

// -> [H, W, 3] u8 of the input's size
async function resize(
  { rgb, widthPx, heightPx }: Picture,
  { input, picture }: Placement,
  { kernel, padValue }: DetectorPixels,
): Promise<Uint8Array> {
  const raw = { width: widthPx, height: heightPx, channels: 3 } as const;
  return sharp(rgb, { raw })
    .resize(picture.widthPx, picture.heightPx, { fit: "fill", kernel })
    .extend({
      right: input.widthPx - picture.widthPx,
      bottom: input.heightPx - picture.heightPx,
      background: { r: padValue, g: padValue, b: padValue },
    })
    .raw()
    .toBuffer();
}

// [3, H, W] -> [3, H, W]
function swapRedAndBlue(values: Float32Array): Float32Array {
  const area = values.length / 3;
  const swapped = new Float32Array(values.length);
  for (let c = 0; c < 3; c++)
    swapped.set(values.subarray((2 - c) * area, (3 - c) * area), c * area);
  return swapped;
}
