// The scenes of the sample gallery as labelled pictures: some families drawn again and again by other numbers, all other
// scenes once, so that there is something else. Takes a second a picture, a few minutes in all.
import { type Family, spreadScenes } from "../../src/samples/gallery.ts";
import { renderScene } from "../../src/samples/scene.ts";
import type { Photo } from "../photos.ts";

const NAMES: Partial<Record<Family, string>> = {
  boats: "boat",
  cars: "car",
  cats: "cat",
  birds: "bird",
  flowers: "flower",
};
const SEEDS = 6;

/** `label`: what the family shows, or the name of the scene. */
export async function drawnPictures(): Promise<readonly Photo[]> {
  const drawn: Photo[] = [];
  for (const { scene, family } of spreadScenes()) {
    const name = NAMES[family];
    const label = name ?? scene.name;
    for (let i = 0; i < (name ? SEEDS : 1); i++) {
      const bytes = await renderScene(scene, 1 + drawn.length);
      drawn.push({ file: "", label, captions: [], bytes });
    }
  }
  return drawn;
}
