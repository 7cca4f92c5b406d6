// All points of the map as one image: their pixels are written straight into memory, which stays fast for 100,000
// points where drawing shapes does not.
import type { Camera } from "./camera.ts";
import type { Colour } from "./map-colours.ts";

export type PointStyle = {
  /** Colour of each point. */
  readonly colours: Uint32Array;
  /** Points in the order in which they are drawn: the last ones lie on top. */
  readonly order: Uint32Array;
  /** 1: drawn larger. */
  readonly large: Uint8Array;
  /** 1: drawn faintly. */
  readonly faint: Uint8Array;
};

type Stamp = { readonly size: number; readonly alphas: Uint8Array };

const FAINT = 0.16;

export class PointLayer {
  #image: ImageData | undefined;
  #pixels = new Uint32Array();

  /** Replaces what is on the canvas. `ratio`: device pixels per CSS pixel; `radius`: CSS pixels. */
  draw(
    context: CanvasRenderingContext2D,
    camera: Camera,
    points: { readonly x: Float32Array; readonly y: Float32Array } & PointStyle,
    { ratio, radius }: { readonly ratio: number; readonly radius: number },
  ): void {
    const { width, height } = context.canvas;
    const pixels = this.#cleared(context, width, height);
    const stamps = {
      normal: stampOf(radius * ratio),
      large: stampOf((radius + 1.5) * ratio),
      faint: stampOf(radius * ratio, FAINT),
    };
    for (const i of points.order) {
      const x = (points.x[i]! * camera.scale + camera.left) * ratio;
      const y = (points.y[i]! * camera.scale + camera.top) * ratio;
      const stamp = points.large[i] ? stamps.large : points.faint[i] ? stamps.faint : stamps.normal;
      const left = Math.round(x - stamp.size / 2);
      const top = Math.round(y - stamp.size / 2);
      if (left < 0 || top < 0 || left + stamp.size > width || top + stamp.size > height) continue;
      press(stamp, pixels, top * width + left, width, points.colours[i]!);
    }
    if (this.#image) context.putImageData(this.#image, 0, 0);
  }

  #cleared(context: CanvasRenderingContext2D, width: number, height: number): Uint32Array {
    if (this.#image?.width === width && this.#image.height === height) return this.#pixels.fill(0);
    this.#image = context.createImageData(width, height);
    this.#pixels = new Uint32Array(this.#image.data.buffer);
    return this.#pixels;
  }
}

// Full pixels cover what is there, edges only what is empty: nothing has to be read and mixed but a comparison.
function press(
  { size, alphas }: Stamp,
  pixels: Uint32Array,
  start: number,
  width: number,
  colour: Colour,
): void {
  // ABGR, as ImageData lies in memory of a little-endian machine.
  const bgr = ((colour & 0xff) << 16) | (colour & 0xff00) | (colour >> 16);
  for (let row = 0, at = 0; row < size; row++) {
    for (let column = 0; column < size; column++, at++) {
      const alpha = alphas[at]!;
      if (alpha === 0) continue;
      const place = start + row * width + column;
      if (alpha === 255 || pixels[place]! >>> 24 < alpha) pixels[place] = (alpha << 24) | bgr;
    }
  }
}

// A disc with a soft edge. `radius` in device pixels.
function stampOf(radius: number, opacity = 1): Stamp {
  const size = 2 * Math.ceil(radius) + 1;
  const middle = (size - 1) / 2;
  const alphas = Uint8Array.from({ length: size * size }, (_, at) => {
    const distance = Math.hypot((at % size) - middle, Math.floor(at / size) - middle);
    return Math.round(255 * opacity * Math.min(1, Math.max(0, radius + 0.5 - distance)));
  });
  return { size, alphas };
}
