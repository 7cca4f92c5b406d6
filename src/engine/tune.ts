// An encoder with the settings that were measured for it on this machine; where none were, they are measured behind the
// first requests, which default settings answer. To have it done again, delete encoder-settings.json.
import { stat } from "node:fs/promises";
import { AppError } from "../errors.ts";
import type { AskedDevice } from "./device.ts";
import { Encoder } from "./encode.ts";
import {
  type Facts,
  factsOf,
  readSettings,
  settingsFile,
  writeSettings,
} from "./encoder-settings.ts";
import { measureEncoder } from "./measure-encoder.ts";
import type { Model } from "./model.ts";
import type { Turns } from "./turns.ts";

/** Memory that a second tower may need while it loads, as a multiple of its file: weights may be stored in a quarter of their
 *  size. */
const LOADED_SIZE = 5;

export type TuneParts = {
  /** The data folder. */
  readonly data: string;
  readonly threads: number;
  readonly device: AskedDevice;
  readonly measures: boolean;
  readonly turns: Turns;
  readonly onError: (error: AppError) => void;
};

/** Tells `onError` if it computes on the CPU although a GPU is there. @throws AppError "model_unavailable" */
export async function openTuned(parts: TuneParts, model: Model): Promise<Encoder> {
  const { data, threads, device, onError } = parts;
  const settings = await readSettings(data, factsFor(parts, model));
  const encoder = await Encoder.open(model, threads, { device, settings });
  if (encoder.refusal !== null) {
    const message = `${encoder.refusal} ${model.name} computes on ${encoder.device} instead.`;
    onError(new AppError("model_unavailable", message));
  }
  return encoder;
}

/** Measures what is not known, once `before` leaves the text tower alone. Resolves when it is done, or was stopped. */
export async function tune(
  parts: TuneParts,
  encoder: Encoder,
  before: Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  const { data, threads, measures, turns, onError } = parts;
  if (!measures) return;
  const facts = factsFor(parts, encoder.model);
  try {
    await before;
    await turns.run(settingsFile(data), async () => {
      if ((await readSettings(data, facts)) || !(await hasRoom(encoder.model))) return;
      const settings = await measureEncoder(encoder, threads, signal);
      await encoder.use(settings);
      await writeSettings(data, facts, settings);
    });
  } catch (cause) {
    if (!signal.aborted) onError(AppError.from(cause));
  }
}

function factsFor({ threads, device }: TuneParts, { id }: Model): Facts {
  return factsOf(id, threads, device);
}

async function hasRoom({ visionFile }: Model): Promise<boolean> {
  const files = [visionFile, `${visionFile}_data`];
  const sizes = await Promise.all(files.map((file) => stat(file).catch(() => ({ size: 0 }))));
  const fileBytes = sizes.reduce((sum, { size }) => sum + size, 0);
  return LOADED_SIZE * fileBytes < process.availableMemory();
}
