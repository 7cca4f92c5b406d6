// npm run eval -- [--model FOLDER] [--photos FOLDER] [--quick]: how good the search is, on images with captions and labels, beside
// the previous run; quick: captions and labels only.
import { parseArgs } from "node:util";
import { loadConfig } from "../src/config.ts";
import { readModel } from "../src/engine/model.ts";
import { commit } from "./machine.ts";
import { readPhotos } from "./photos.ts";
import { captions } from "./quality/captions.ts";
import { combined } from "./quality/combined.ts";
import { concepts } from "./quality/concepts.ts";
import { custom } from "./quality/custom-concepts.ts";
import { evaluate } from "./quality/evaluated.ts";
import { feedback } from "./quality/feedback.ts";
import { labels } from "./quality/labels.ts";
import { negation } from "./quality/negation.ts";
import { reading } from "./quality/reading.ts";
import { relevance } from "./quality/relevance.ts";
import { Report } from "./quality/report.ts";

const PARTS = {
  captions,
  labels,
  concepts,
  custom,
  negation,
  combined,
  feedback,
  relevance,
  reading,
};
const QUICK = ["captions", "labels"] as const;

const { values } = parseArgs({
  options: {
    model: { type: "string" },
    photos: { type: "string", default: "../shared/photos" },
    quick: { type: "boolean", default: false },
    /** One part alone. */
    part: { type: "string" },
  },
});
const config = loadConfig({ model: values.model });
const photos = readPhotos(values.photos);
const model = await readModel(config.model ?? config.embedded);
console.log(`model ${model.name}, ${photos.length} images of ${values.photos}`);
const evaluated = await evaluate(model, photos, config.threads);
const report = new Report();
const names = values.quick ? QUICK : (Object.keys(PARTS) as (keyof typeof PARTS)[]);
for (const name of names) {
  if (values.part !== undefined && values.part !== name) continue;
  process.stderr.write(`${name} ...\n`);
  await PARTS[name](evaluated, report);
}
await evaluated.close();
report.finish({
  model: model.folder,
  photos: values.photos,
  date: new Date().toISOString().slice(0, 16),
  commit: commit(),
});
