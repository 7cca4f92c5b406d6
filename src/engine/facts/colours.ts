// A picture at a glance -> the names of the colours that cover a good part of it. Pixels are named in OKLCH, where equal
// steps look equally large. Ottosson 2020, https://bottosson.github.io/posts/oklab/
import { COLOURS, type Colour } from "../../picture-words.ts";
import type { Glance } from "./glance.ts";

/** Shares of the picture from which a colour counts: a coat in the snow is seen sooner than grey in the sky, and a
 *  vivid one, of more than this chroma, twice as soon. */
const SHARE_COLOUR = 0.12;
const SHARE_MUTED = 0.2;
const VIVID = 0.15;
const MUTED: ReadonlySet<Colour> = new Set(["black", "brown", "grey", "white"]);

/** Lightness 0..1, chroma 0..0.33, hue in degrees 0..360. */
type Lch = { readonly l: number; readonly c: number; readonly h: number };

/** Bits by COLOURS: all that cover enough, and the one that covers most. */
export function coloursOf({ rgba }: Glance): number {
  const counts = new Map<Colour, number>();
  for (let at = 0; at < rgba.length; at += 4) {
    const lch = toLch(rgba[at]!, rgba[at + 1]!, rgba[at + 2]!);
    const colour = nameOf(lch);
    counts.set(colour, (counts.get(colour) ?? 0) + (lch.c > VIVID ? 2 : 1));
  }
  const most = Math.max(...counts.values());
  return COLOURS.reduce((bits, colour, i) => {
    const count = counts.get(colour) ?? 0;
    const share = (4 * count) / rgba.length;
    const isEnough = count === most || share >= (MUTED.has(colour) ? SHARE_MUTED : SHARE_COLOUR);
    return isEnough ? bits | (1 << i) : bits;
  }, 0);
}

function nameOf({ l, c, h }: Lch): Colour {
  if (l < 0.2 || (l < 0.3 && c < 0.04)) return "black";
  if (l > 0.93 && c < 0.04) return "white";
  if (c < 0.035) return l > 0.9 ? "white" : "grey";
  if (h < 12 || h >= 345) return l > 0.58 ? "pink" : "red";
  if (h < 40) return redOf(l, c);
  if (h < 82) return l < 0.65 || c < 0.09 ? "brown" : "orange";
  if (h < 105) return l < 0.65 || c < 0.07 ? "brown" : "yellow";
  if (h < 118) return l < 0.75 ? "green" : "yellow";
  if (h < 168) return "green";
  if (h < 220) return "teal";
  if (h < 288) return "blue";
  return h >= 320 && l > 0.6 ? "pink" : "purple";
}

// Light red is pink, dull red is brown.
function redOf(l: number, c: number): Colour {
  if (l > 0.75) return "pink";
  return c < 0.12 ? "brown" : "red";
}

// 8-bit sRGB -> OKLCH
function toLch(red: number, green: number, blue: number): Lch {
  const [r, g, b] = [LINEAR[red]!, LINEAR[green]!, LINEAR[blue]!];
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const l = 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short;
  const greenRed = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short;
  const blueYellow = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short;
  const h = (Math.atan2(blueYellow, greenRed) * 180) / Math.PI;
  return { l, c: Math.hypot(greenRed, blueYellow), h: h < 0 ? h + 360 : h };
}

// 8-bit sRGB -> linear light 0..1
const LINEAR = Float64Array.from({ length: 256 }, (_, value) => {
  const v = value / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});
