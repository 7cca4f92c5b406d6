// The quality gate: what the search finds among drawn scenes must not become worse. `npm run eval` measures on photographs.
import { afterAll, beforeAll, expect, test } from "vitest";
import { captions } from "../bench/quality/captions.ts";
import { concepts } from "../bench/quality/concepts.ts";
import { type Evaluated, evaluate } from "../bench/quality/evaluated.ts";
import { relevance } from "../bench/quality/relevance.ts";
import { Report } from "../bench/quality/report.ts";
import { loadConfig } from "../src/config.ts";
import { readModel } from "../src/engine/model.ts";
import { spreadScenes } from "../src/samples/gallery.ts";
import { renderScene } from "../src/samples/scene.ts";

const SCENES = 40;
/** By families of scenes: what each of them shows. */
const LABELS: Readonly<Record<string, string>> = {
  sunsets: "sunset",
  flowers: "flower",
  mountains: "mountain",
  cats: "cat",
  boats: "sailboat",
  cities: "skyline",
  hotAirBalloons: "hot air balloon",
  birds: "bird",
  beaches: "beach",
  fish: "fish",
  cars: "car",
  cakes: "cake",
  lighthouses: "lighthouse",
  dogs: "dog",
  snowmen: "snowman",
  deserts: "desert",
  bicycles: "bicycle",
};

let evaluated: Evaluated;

beforeAll(async () => {
  const photos = [];
  for (const [i, { scene, family }] of spreadScenes().slice(0, SCENES).entries()) {
    const bytes = await renderScene(scene, i + 1, undefined);
    const label = LABELS[family] ?? "";
    photos.push({ file: `${i}.jpg`, bytes, label, captions: [scene.name] });
  }
  evaluated = await evaluate(await readModel(loadConfig({}, {}).embedded), photos, 2);
}, 120_000);
afterAll(() => evaluated?.close());

/** A floor or a ceiling for each figure: what it was when this was written, less what changes of little weight may cost. */
test.each([
  [
    "captions",
    captions,
    { "search, file names beside: R@1": 0.3, "search, file names beside: R@10": 0.82 },
    {},
  ],
  [
    "concepts",
    concepts,
    {
      "#label: mean average precision": 0.5,
      "label among the first 20 predicted": 0.43,
      "their mean average precision, search": 0.4,
    },
    { "calibration error (ECE), all pairs": 0.05 },
  ],
  [
    "relevance",
    relevance,
    {
      "concept: F1": 0.35,
      "label as text: F1": 0.3,
      "caption: F1": 0.3,
      "image: F1": 0.58,
      "captions of what is not there: nothing is found": 0.47,
    },
    { "caption: nothing is found": 0.3 },
  ],
] as const)("%s are as good as they were", async (_, part, floors, ceilings) => {
  const report = new Report();
  await part(evaluated, report);
  const figures = new Map(report.figures.map(({ name, value }) => [name, value]));
  for (const [name, floor] of Object.entries(floors))
    expect(figures.get(name), name).toBeGreaterThanOrEqual(floor);
  for (const [name, ceiling] of Object.entries(ceilings))
    expect(figures.get(name), name).toBeLessThanOrEqual(ceiling);
});
