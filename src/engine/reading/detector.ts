// A picture -> where its lines of text are: a network that marks their shrunken insides (DB, Liao et al. 2019,
// arXiv:1911.08947), then outlines, rectangles and their enlargement.
import { type InferenceSession, Tensor } from "onnxruntime-node";
import sharp from "sharp";
import { outlinesOf, type TextMap } from "./components.ts";
import type { Picture } from "./picture.ts";
import {
  cornersOf,
  hullOf,
  type Point,
  type Rectangle,
  smallestRectangle,
  unclip,
} from "./rectangle.ts";

/** Longest side when it is only asked whether there is text, and when lines are located. */
const GLANCE_SIDE_PX = 480;
const DETECT_SIDE_PX = 736;
/** The network halves its input five times. */
const STRIDE = 32;
/** A pixel belongs to text; a rectangle holds text, on average. */
const PIXEL_THRESHOLD = 0.3;
const LINE_THRESHOLD = 0.5;
/** Pixels of a glance that are text. Letters of 14 px in a picture of 1,024 are found by it. */
const GLANCE_PIXELS = 12;
const LEAST_SIDE_PX = 3;
const UNCLIP_RATIO = 1.8;
// ImageNet's, which the network takes for blue, green and red, in this order.
const MEAN = [0.485, 0.456, 0.406] as const;
const STANDARD_DEVIATION = [0.229, 0.224, 0.225] as const;

/** A place that holds a line of text. */
export type Region = {
  /** Clockwise from the top left, in pixels of the picture; the rectangle may be tilted. */
  readonly corners: readonly Point[];
  /** Mean probability of text, 0..1. */
  readonly score: number;
};

/** Whether it is worth locating lines. Small print may be missed. */
export async function hasText(session: InferenceSession, picture: Picture): Promise<boolean> {
  const { values } = await textMap(session, picture, GLANCE_SIDE_PX);
  return values.filter((value) => value > PIXEL_THRESHOLD).length >= GLANCE_PIXELS;
}

/** Lines of text, or words that stand apart, from top to bottom. */
export async function detect(
  session: InferenceSession,
  picture: Picture,
): Promise<readonly Region[]> {
  const map = await textMap(session, picture, DETECT_SIDE_PX);
  const scale = [picture.widthPx / map.width, picture.heightPx / map.height] as const;
  return outlinesOf(map, PIXEL_THRESHOLD).flatMap((outline) => {
    const rectangle = smallestRectangle(hullOf(outline));
    if (Math.min(rectangle.width, rectangle.height) < LEAST_SIDE_PX) return [];
    const score = meanWithin(map, rectangle);
    if (score < LINE_THRESHOLD) return [];
    const corners = cornersOf(unclip(aroundPixels(rectangle), UNCLIP_RATIO));
    return { corners: corners.map(([x, y]) => [x * scale[0], y * scale[1]] as const), score };
  });
}

async function textMap(
  session: InferenceSession,
  picture: Picture,
  sidePx: number,
): Promise<TextMap> {
  const { widthPx, heightPx } = picture;
  const toSide = (px: number) =>
    Math.max(STRIDE, Math.round((px * sidePx) / Math.max(widthPx, heightPx) / STRIDE) * STRIDE);
  const [width, height] = [toSide(widthPx), toSide(heightPx)];
  const rgb = await sharp(picture.rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .resize(width, height, { fit: "fill", kernel: "linear" })
    .raw()
    .toBuffer();
  const x = new Tensor("float32", planesOf(rgb), [1, 3, height, width]);
  const output = session.outputNames[0]!;
  const { [output]: values } = await session.run({ x }, [output]); // [1, 1, H, W]
  return { values: values!.data as Float32Array, width, height };
}

// [H, W, 3] u8 RGB -> [3, H, W] f32 BGR
function planesOf(rgb: Uint8Array): Float32Array {
  const size = rgb.length / 3;
  const planes = new Float32Array(rgb.length);
  for (let plane = 0; plane < 3; plane++) {
    const scale = 1 / (255 * STANDARD_DEVIATION[plane]!);
    const shift = MEAN[plane]! / STANDARD_DEVIATION[plane]!;
    for (let i = 0; i < size; i++)
      planes[plane * size + i] = rgb[3 * i + 2 - plane]! * scale - shift;
  }
  return planes;
}

// From the centres of the outermost pixels to their edges.
function aroundPixels({ centre: [x, y], width, height, angle }: Rectangle): Rectangle {
  return { centre: [x + 0.5, y + 0.5], width: width + 1, height: height + 1, angle };
}

function meanWithin({ values, width, height }: TextMap, rectangle: Rectangle): number {
  const corners = cornersOf(rectangle);
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const [cos, sin] = [Math.cos(rectangle.angle), Math.sin(rectangle.angle)];
  let [sum, count] = [0, 0];
  for (
    let y = Math.max(0, Math.floor(Math.min(...ys)));
    y <= Math.min(height - 1, Math.max(...ys));
    y++
  ) {
    for (
      let x = Math.max(0, Math.floor(Math.min(...xs)));
      x <= Math.min(width - 1, Math.max(...xs));
      x++
    ) {
      const [dx, dy] = [x - rectangle.centre[0], y - rectangle.centre[1]];
      if (Math.abs(dx * cos + dy * sin) > rectangle.width / 2 + 0.5) continue;
      if (Math.abs(dy * cos - dx * sin) > rectangle.height / 2 + 0.5) continue;
      sum += values[y * width + x]!;
      count++;
    }
  }
  return sum / Math.max(1, count);
}
