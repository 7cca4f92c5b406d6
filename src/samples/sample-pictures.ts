// The 80 pictures of the sample gallery, drawn when they are asked for: scenes with a date and often a place, and a few
// copies of them, smaller or cut, for who wants to find duplicates. The same bytes every time.
import sharp from "sharp";
import { spreadScenes, toFileName } from "./gallery.ts";
import { occasionOf } from "./occasions.ts";
import { createRandom } from "./random.ts";
import { exifOf } from "./sample-exif.ts";
import { renderScene } from "./scene.ts";

export type SamplePicture = {
  readonly id: string;
  readonly name: string;
  /** JPEG of at most 720 px; 0.3 s. */
  draw(): Promise<Buffer>;
};

const SCENES = 74;
/** Which scenes have a copy, and what became of it. */
const COPIES = [
  { of: 3, kind: "small", change: shrink },
  { of: 11, kind: "cut", change: cut },
  { of: 24, kind: "small", change: shrink },
  { of: 33, kind: "cut", change: cut },
  { of: 47, kind: "small", change: shrink },
  { of: 58, kind: "cut", change: cut },
] as const;

export function samplePictures(): readonly SamplePicture[] {
  const scenes = spreadScenes()
    .slice(0, SCENES)
    .map(({ scene, family }, i): SamplePicture => {
      const random = createRandom(1000 + i);
      const exif = exifOf(occasionOf(family, random), random);
      const name = toFileName(scene);
      return {
        id: `sample-${name}`,
        name: `${name}.jpg`,
        draw: () => renderScene(scene, i + 1, exif),
      };
    });
  const copies = COPIES.map(({ of, kind, change }): SamplePicture => {
    const original = scenes[of]!;
    return {
      id: `${original.id}-${kind}`,
      name: original.name.replace(".jpg", `-${kind}.jpg`),
      draw: async () => change(await original.draw()),
    };
  });
  return [...scenes, ...copies];
}

function shrink(bytes: Buffer): Promise<Buffer> {
  return sharp(bytes)
    .resize(400, 400, { fit: "inside" })
    .keepExif()
    .jpeg({ quality: 70 })
    .toBuffer();
}

// 3 % of each side.
async function cut(bytes: Buffer): Promise<Buffer> {
  const { width, height } = await sharp(bytes).metadata();
  const [left, top] = [Math.round(width * 0.03), Math.round(height * 0.03)];
  return sharp(bytes)
    .extract({ left, top, width: width - 2 * left, height: height - 2 * top })
    .keepExif()
    .jpeg({ quality: 86 })
    .toBuffer();
}
