// Text on scenes and photographs as a camera may see it: tilted, in perspective, blurred, with little contrast, as JPEG.
import sharp, { type Sharp } from "sharp";
import type { Random } from "../../src/samples/random.ts";

export type TextPicture = { readonly text: readonly string[]; readonly font: string };

/** What is written, in perspective and tilted: red is the share of ink, alpha covers ink, or the sign that it is on. */
type Layer = { readonly rgba: Buffer; readonly width: number; readonly height: number };
type Colour = readonly number[];
type Place = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

/** How much lower one end is than the other, at most. */
const PERSPECTIVE = 0.24;
/** Of ink and ground, of 255: usual, and where there is little. */
const CONTRAST = 130;
const LITTLE_CONTRAST = [45, 80] as const;

/** JPEG of `background` with the text written over it. */
export async function drawPicture(
  background: Buffer,
  picture: TextPicture,
  random: Random,
): Promise<Buffer> {
  const { width, height } = await sharp(background).metadata();
  const isSign = random.isTrue(0.5);
  const layer = await fitting(picture, isSign, random, [width, height]);
  const left = Math.floor(random.between(0, width - layer.width));
  const top = Math.floor(random.between(0, height - layer.height));
  const place = { left, top, width: layer.width, height: layer.height };
  const ground = isSign ? randomColour(random) : await colourAt(background, place);
  const input = painted(layer, ground, inkOn(ground, random));
  const raw = { width: layer.width, height: layer.height, channels: 4 } as const;
  const drawn = sharp(await sharp(background).composite([{ input, raw, left, top }]).toBuffer());
  const sigma = random.between(0.3, 1.6);
  return (random.isTrue(0.4) ? drawn.blur(sigma) : drawn)
    .jpeg({ quality: Math.round(random.between(55, 90)) })
    .toBuffer();
}

// 18 to 90 px high, or smaller until it fits.
async function fitting(
  picture: TextPicture,
  isSign: boolean,
  random: Random,
  [width, height]: readonly [number, number],
): Promise<Layer> {
  let size = Math.exp(random.between(Math.log(18), Math.log(90)));
  const isBold = random.isTrue(0.3);
  for (; ; size *= 0.85) {
    const flat = await written(picture, size, isBold, isSign);
    const layer = await tilted(inPerspective(flat, random), random);
    if (layer.width <= width && layer.height <= height) return layer;
  }
}

async function written(
  { text, font }: TextPicture,
  size: number,
  isBold: boolean,
  isSign: boolean,
): Promise<Layer> {
  const lines = text.map(
    (line, i) =>
      `<text x="${size}" y="${size * (2 + 1.35 * i)}">${line.replaceAll("&", "&amp;")}</text>`,
  );
  const width = Math.ceil(size * (Math.max(...text.map((line) => line.length)) + 2));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${Math.ceil(size * (text.length + 2) * 1.4)}"
    font-family="${font}" font-size="${size}" font-weight="${isBold ? "bold" : "normal"}" fill="#fff">${lines.join("")}</svg>`;
  const trimmed = await sharp(Buffer.from(svg)).trim({ threshold: 1 }).png().toBuffer();
  const margin = Math.ceil(size * 0.4);
  const background = isSign ? "#000" : "#0000";
  const sides = { left: margin, right: margin, top: margin, bottom: margin };
  const inked = isSign ? sharp(trimmed).flatten({ background }) : sharp(trimmed);
  return layerOf(inked.extend({ ...sides, background }).ensureAlpha());
}

async function layerOf(image: Sharp): Promise<Layer> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return { rgba: data, width: info.width, height: info.height };
}

/** As on a wall that leads away. Nearest pixels: the blur and JPEG that follow hide steps. */
function inPerspective(layer: Layer, random: Random): Layer {
  const { rgba, width, height } = layer;
  const shift = random.between(-PERSPECTIVE, PERSPECTIVE);
  const result = Buffer.alloc(rgba.length);
  for (let x = 0; x < width; x++) {
    const share = 1 - Math.abs(shift) * (shift > 0 ? x / width : 1 - x / width);
    for (let y = 0; y < height; y++) {
      const from = Math.round((y - height / 2) / share + height / 2);
      if (from < 0 || from >= height) continue;
      const start = 4 * (from * width + x);
      rgba.copy(result, 4 * (y * width + x), start, start + 4);
    }
  }
  return { rgba: result, width, height };
}

function tilted({ rgba, width, height }: Layer, random: Random): Promise<Layer> {
  const degrees = random.between(-10, 10);
  const image = sharp(rgba, { raw: { width, height, channels: 4 } });
  return layerOf(image.rotate(degrees, { background: "#0000" }));
}

async function colourAt(background: Buffer, place: Place): Promise<Colour> {
  const { channels } = await sharp(await sharp(background).extract(place).toBuffer()).stats();
  return channels.slice(0, 3).map(({ mean }) => mean);
}

const randomColour = (random: Random) => [0, 0, 0].map(() => random.between(0, 255));

/** A slightly tinted colour that is lighter or darker, or as far as it goes. */
function inkOn(ground: Colour, random: Random): Colour {
  const [red, green, blue] = ground as [number, number, number];
  const isLight = 0.3 * red + 0.59 * green + 0.11 * blue > 127;
  const contrast = random.isTrue(0.2) ? random.between(...LITTLE_CONTRAST) : CONTRAST;
  return ground.map((value) => {
    const wanted = value + (isLight ? -contrast : contrast) + random.between(-25, 25);
    return Math.max(0, Math.min(255, wanted));
  });
}

function painted({ rgba }: Layer, ground: Colour, ink: Colour): Buffer {
  const result = Buffer.from(rgba);
  for (let at = 0; at < result.length; at += 4) {
    const share = rgba[at]! / 255;
    for (let c = 0; c < 3; c++)
      result[at + c] = Math.round(ink[c]! * share + ground[c]! * (1 - share));
  }
  return result;
}
