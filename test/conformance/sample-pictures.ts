// Stand-ins for the pictures that Clarifai's clients and their tests fetch from samples.clarifai.com. Those
// belong to others and no test needs the network: a server with SEMBLANCE_URL_MIRROR serves these in their place.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { beaches } from "../../src/samples/beaches.ts";
import { cars } from "../../src/samples/cars.ts";
import { dogs } from "../../src/samples/pets.ts";
import { renderScene, type Scene } from "../../src/samples/scene.ts";
import { beer, cookies, lorry, portrait, saloon, train, wedding } from "./sample-scenes.ts";

/** Where the clients expect the pictures. */
export const SAMPLE_HOSTS = ["samples.clarifai.com", "s3.amazonaws.com/samples.clarifai.com"];

type Sample = { readonly scene: Scene; readonly encode?: (picture: Sharp) => Sharp };

const brown = sceneNamed(dogs, "brown dog");
const sports = sceneNamed(cars, "red sports car on a road");

// No film is among them: there is nothing here that could write an MP4.
const SAMPLES: Readonly<Record<string, Sample>> = {
  "dog.tiff": { scene: brown, encode: (picture) => picture.tiff({ compression: "lzw" }) },
  "dog2.jpeg": { scene: sceneNamed(dogs, "golden retriever dog") },
  "puppy.jpeg": { scene: sceneNamed(dogs, "black and white dog") },
  "metro-north.jpg": { scene: train },
  "wedding.jpg": { scene: wedding },
  "travel.jpg": { scene: sceneNamed(beaches, "tropical beach with palm trees") },
  "celebrity.jpeg": { scene: portrait },
  "cookies.jpeg": { scene: cookies },
  "beer.jpeg": { scene: beer },
  "red-car-1.png": { scene: sports, encode: (picture) => picture.png() },
  "red-car-2.jpeg": { scene: sports, encode: (picture) => picture.flop().jpeg() },
  "red-truck.png": { scene: lorry, encode: (picture) => picture.png() },
  "black-car.jpg": { scene: saloon },
};

/** Writes them into `folder`, 0.3 s each. */
export async function drawSamples(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [place, [name, { scene, encode }]] of Object.entries(SAMPLES).entries()) {
    const picture = await renderScene(scene, place + 1);
    await writeFile(join(folder, name), encode ? await encode(sharp(picture)).toBuffer() : picture);
  }
  await writeFile(join(folder, "3o6gb3kkXfLvdKEZs4.gif"), await animate(portrait, 3));
}

/** A GIF that shows the scene from `frames` seeds. */
async function animate(scene: Scene, frames: number): Promise<Buffer> {
  const pictures: Buffer[] = [];
  for (let seed = 1; seed <= frames; seed++) {
    pictures.push(
      await sharp(await renderScene(scene, seed))
        .resize(200)
        .toBuffer(),
    );
  }
  return sharp(pictures, { join: { animated: true } })
    .gif({ delay: 500 })
    .toBuffer();
}

function sceneNamed(scenes: readonly Scene[], name: string): Scene {
  const scene = scenes.find((one) => one.name === name);
  if (!scene) throw new Error(`Expected a gallery scene "${name}".`);
  return scene;
}
