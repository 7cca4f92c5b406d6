// A region of a picture -> a picture of its own, for `preprocess` and an encoder: every object gets its own embedding.
import type { Decoded } from "../decode.ts";
import type { Box } from "./box.ts";

type Picture = Pick<Decoded, "rgb" | "widthPx" | "heightPx">;

/** Of the box's width or height, on each side: encoders know things by what is around them, too. */
const PADDING = 0.1;

/** The pixels of a box and a tenth around it, as far as the picture goes: [H, W, 3] u8, at least one pixel. Pixels that the
 *  edge goes through belong to it. Cost: one copy of its pixels. */
export function cropPicture(picture: Picture, box: Box, padding: number = PADDING): Picture {
  const across = span(box.left, box.right, picture.widthPx, padding);
  const down = span(box.top, box.bottom, picture.heightPx, padding);
  const [widthPx, heightPx] = [across.end - across.start, down.end - down.start];
  const rgb = new Uint8Array(3 * widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    const from = 3 * ((down.start + y) * picture.widthPx + across.start);
    rgb.set(picture.rgb.subarray(from, from + 3 * widthPx), 3 * y * widthPx);
  }
  return { rgb, widthPx, heightPx };
}

// Pixels from `start` up to, not including, `end`.
function span(
  from: number,
  to: number,
  sizePx: number,
  padding: number,
): { readonly start: number; readonly end: number } {
  const around = (to - from) * padding;
  const start = clamp(Math.floor((from - around) * sizePx + 1e-6), 0, sizePx - 1);
  const end = clamp(Math.ceil((to + around) * sizePx - 1e-6), start + 1, sizePx);
  return { start, end };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
