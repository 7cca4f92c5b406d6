// Colours of points: one per cluster, or a scale for values. On the canvas, which knows no CSS variables.

/** 0xRRGGBB. */
export type Colour = number;

export type Scheme = "light" | "dark";

/** Turns of the hue from one cluster to the next: the golden angle, so that neighbours in number differ most. */
const HUE_STEP = 137.508;
/** Lightness of clusters one after another: for those who see hues badly. */
const LIGHTNESS: Readonly<Record<Scheme, readonly number[]>> = {
  light: [0.6, 0.48, 0.7],
  dark: [0.74, 0.62, 0.84],
};
const CHROMA = 0.14;

/** Viridis (Smith and van der Walt 2015, CC0): its lightness rises evenly, whatever colours one sees. The end that is
 *  near to the page stands for little. */
const VIRIDIS: readonly Colour[] = [0x440154, 0x414487, 0x2a788e, 0x22a884, 0x7ad151, 0xfde725];

export function clusterColour(cluster: number, scheme: Scheme): Colour {
  const lightness = LIGHTNESS[scheme];
  return fromOklch(lightness[cluster % lightness.length]!, CHROMA, (cluster * HUE_STEP) % 360);
}

/** `value` 0..1. */
export function scaleColour(value: number, scheme: Scheme): Colour {
  // Of the end that is near to the page a part is left out: it would not be seen.
  const place = scheme === "light" ? 0.92 * (1 - value) : 0.15 + 0.85 * value;
  const at = Math.min(1, Math.max(0, place)) * (VIRIDIS.length - 1);
  const low = Math.min(VIRIDIS.length - 2, Math.floor(at));
  return mixed(VIRIDIS[low]!, VIRIDIS[low + 1]!, at - low);
}

export function toCss(colour: Colour): string {
  return `#${colour.toString(16).padStart(6, "0")}`;
}

/** `share` 0..1 of `to`. */
function mixed(from: Colour, to: Colour, share: number): Colour {
  return [16, 8, 0].reduce((sum, shift) => {
    const [a, b] = [(from >> shift) & 255, (to >> shift) & 255];
    return sum | (Math.round(a + (b - a) * share) << shift);
  }, 0);
}

// Ottosson 2020, https://bottosson.github.io/posts/oklab/; what lies outside sRGB is cut off.
function fromOklch(lightness: number, chroma: number, hueDegrees: number): Colour {
  const hue = (hueDegrees * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
  const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
  const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s;
  return (toByte(red) << 16) | (toByte(green) << 8) | toByte(blue);
}

function toByte(linear: number): number {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, value)));
}
