// A tilted line of text in a picture -> a level strip of pixels for a recogniser.
import type { Picture } from "./picture.ts";
import type { Point } from "./rectangle.ts";

/** What recognisers were trained on. */
const HEIGHT_PX = 48;
/** Longer lines are squeezed: 200 steps of 8 px. */
const WIDTH_MAX_PX = 1600;
const WIDTH_MIN_PX = 16;
/** Widths are multiples of it, so that the memory of one run serves others. */
const WIDTH_STEP_PX = 32;
/** A line that is so much taller than wide is read as turned by 90 degrees. */
const UPRIGHT_RATIO = 1.5;
/** Samples per pixel and direction where a strip is smaller than its line. */
const SAMPLES_MAX = 6;

/** [3, 48, W] f32, B, G and R in -1..1; what is right of the line is 0. */
export type Strip = { readonly planes: Float32Array; readonly width: number };

/** The corners in the direction of reading: of a line that stands upright, its right side is the top. */
export function inReadingDirection(corners: readonly Point[]): readonly Point[] {
  const [width, height] = sidesOf(corners);
  return height >= UPRIGHT_RATIO * width ? turned(corners, 1) : corners;
}

/** The same rectangle seen with the picture turned by so many quarters, anticlockwise. */
export function turned(corners: readonly Point[], quarters: number): readonly Point[] {
  return [...corners.slice(quarters), ...corners.slice(0, quarters)];
}

/** `corners`: of the line, clockwise from where it begins at the top, in pixels of the picture. */
export function stripOf(picture: Picture, corners: readonly Point[]): Strip {
  const [length, height] = sidesOf(corners);
  const wanted = Math.ceil((length / Math.max(1, height)) * HEIGHT_PX);
  const used = Math.min(WIDTH_MAX_PX, Math.max(WIDTH_MIN_PX, wanted));
  const width = Math.ceil(used / WIDTH_STEP_PX) * WIDTH_STEP_PX;
  const planes = new Float32Array(3 * HEIGHT_PX * width);
  const [across, down] = [samplesFor(length / used), samplesFor(height / HEIGHT_PX)];
  const toPicture = mapping(corners, used);
  const sums: [number, number, number] = [0, 0, 0];
  for (let y = 0; y < HEIGHT_PX; y++) {
    for (let x = 0; x < used; x++) {
      sums.fill(0);
      for (let i = 0; i < across * down; i++) {
        const subX = ((i % across) + 0.5) / across;
        const subY = (Math.floor(i / across) + 0.5) / down;
        addPixel(picture, ...toPicture(x + subX, y + subY), sums);
      }
      for (let plane = 0; plane < 3; plane++) {
        const mean = sums[2 - plane]! / (across * down);
        planes[(plane * HEIGHT_PX + y) * width + x] = mean / 127.5 - 1;
      }
    }
  }
  return { planes, width };
}

function sidesOf([topLeft, topRight, , bottomLeft]: readonly Point[]): readonly [number, number] {
  return [distance(topLeft!, topRight!), distance(topLeft!, bottomLeft!)];
}

function distance([x1, y1]: Point, [x2, y2]: Point): number {
  return Math.hypot(x2 - x1, y2 - y1);
}

const samplesFor = (shrink: number) => Math.max(1, Math.min(SAMPLES_MAX, Math.round(shrink)));

/** From a place on the strip to one in the picture, both in pixels. */
function mapping(corners: readonly Point[], width: number): (x: number, y: number) => Point {
  const [[startX, startY], [alongX, alongY], , [downX, downY]] = corners as [
    Point,
    Point,
    Point,
    Point,
  ];
  return (x, y) => {
    const [u, v] = [x / width, y / HEIGHT_PX];
    return [
      startX + u * (alongX - startX) + v * (downX - startX),
      startY + u * (alongY - startY) + v * (downY - startY),
    ];
  };
}

// Bilinear; what is outside of the picture is its nearest edge. Runs for every sample: plain arithmetic.
function addPixel(picture: Picture, x: number, y: number, sums: [number, number, number]): void {
  const { rgb, widthPx, heightPx } = picture;
  const [innerX, innerY] = [clamp(x - 0.5, widthPx - 1), clamp(y - 0.5, heightPx - 1)];
  const [left, top] = [Math.floor(innerX), Math.floor(innerY)];
  const [toRight, toBottom] = [innerX - left, innerY - top];
  const right = Math.min(left + 1, widthPx - 1);
  const bottom = Math.min(top + 1, heightPx - 1);
  const at = [
    top * widthPx + left,
    top * widthPx + right,
    bottom * widthPx + left,
    bottom * widthPx + right,
  ];
  const share = [
    (1 - toRight) * (1 - toBottom),
    toRight * (1 - toBottom),
    (1 - toRight) * toBottom,
    toRight * toBottom,
  ];
  for (let i = 0; i < 4; i++)
    for (let c = 0; c < 3; c++) sums[c]! += rgb[3 * at[i]! + c]! * share[i]!;
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(most, value));
}
