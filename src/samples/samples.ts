// The sample gallery as inputs: drawn and added to a dataset of its own, or taken away again.
import { setTimeout } from "node:timers/promises";
import type { Report } from "../engine/activities.ts";
import type { App, Engine } from "../engine/engine.ts";
import type { Dataset } from "../engine/library/datasets.ts";
import { AppError } from "../errors.ts";
import { type SamplePicture, samplePictures } from "./sample-pictures.ts";

/** Id of the dataset. */
const SAMPLE_DATASET = "sample-gallery";

const DETAILS = { description: "Sample gallery" };
/** Drawn at once: the other core is for who works meanwhile. */
const AT_ONCE = 2;
const LOOK_AGAIN_MS = 100;

type Library = Pick<Engine, "addInputs" | "datasets" | "deleteInputs" | "inputs">;

/** Draws and adds what is not there yet, and waits until it can be found. `present`: were there. */
export async function addSamples(
  engine: Library,
  app: App,
  report: Report,
  signal: AbortSignal,
): Promise<{ readonly added: number; readonly present: number }> {
  const pictures = samplePictures();
  const dataset = await openDataset(engine, app);
  const known = await knownIds(engine, app, pictures);
  await engine.datasets.add(app, dataset, [...known]);
  const missing = pictures.filter(({ id }) => !known.has(id));
  let added = 0;
  for (let start = 0; start < missing.length; start += AT_ONCE) {
    signal.throwIfAborted();
    report(known.size + start, pictures.length);
    added += await add(engine, app, missing.slice(start, start + AT_ONCE));
  }
  report(pictures.length, pictures.length);
  await indexed(engine, app, missing, signal);
  return { added, present: pictures.length - added };
}

/** Deletes the samples, and their dataset unless people have put something else into it. */
export async function removeSamples(
  engine: Library,
  app: App,
  report: Report,
): Promise<{ readonly deleted: number }> {
  const dataset = await engine.datasets.get(app, SAMPLE_DATASET);
  const own = samplePictures().map(({ id }) => id);
  report(0, own.length);
  if (!dataset) return { deleted: 0 };
  const page = { offset: 0, limit: own.length, ids: own };
  const found = await engine.datasets.inputs(dataset, page);
  const ids = found.map(({ input }) => input.id);
  const deleted = await engine.deleteInputs(app, ids);
  const isEmpty = (await engine.datasets.count(dataset)) === 0;
  if (isEmpty) await engine.datasets.delete(app, [SAMPLE_DATASET]);
  report(own.length, own.length);
  return { deleted };
}

async function openDataset({ datasets }: Library, app: App): Promise<Dataset> {
  const known = await datasets.get(app, SAMPLE_DATASET);
  return known ?? datasets.create(app, { id: SAMPLE_DATASET, details: DETAILS });
}

async function knownIds(
  engine: Library,
  app: App,
  pictures: readonly SamplePicture[],
): Promise<ReadonlySet<string>> {
  const ids = pictures.map(({ id }) => id);
  const inputs = await engine.inputs(app, { ids, offset: 0, limit: ids.length });
  return new Set(inputs.map(({ id }) => id));
}

// Bytes that are there under another id already stay what they are.
async function add(engine: Library, app: App, pictures: readonly SamplePicture[]): Promise<number> {
  const drawn = await Promise.all(
    pictures.map(async ({ id, name, draw }) => {
      return { id, name, bytes: await draw(), datasets: [SAMPLE_DATASET] };
    }),
  );
  const results = await engine.addInputs(app, drawn);
  const refused = results.filter((result) => result instanceof Error);
  const failed = refused.find((error) => !isThere(error));
  if (failed) throw failed;
  return results.length - refused.length;
}

function isThere(error: Error): boolean {
  const { code } = AppError.from(error);
  return code === "duplicate_image" || code === "id_exists";
}

async function indexed(
  engine: Library,
  app: App,
  pictures: readonly SamplePicture[],
  signal: AbortSignal,
): Promise<void> {
  const ids = pictures.map(({ id }) => id);
  const page = { ids, statuses: ["pending"] as const, offset: 0, limit: 1 };
  while ((await engine.inputs(app, page)).length > 0) {
    await setTimeout(LOOK_AGAIN_MS, undefined, { signal });
  }
}
