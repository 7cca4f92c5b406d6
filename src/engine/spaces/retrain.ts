// Models that were trained on the vectors of another space -> trained on those of this one, from the same labels.
import { setTimeout } from "node:timers/promises";
import type { App } from "../engine.ts";
import type { Store } from "../store.ts";
import { MODEL_STATUS } from "../training/model-record.ts";
import type { Models } from "../training/models.ts";
import type { Space } from "./space.ts";

const EVERYTHING = { offset: 0, limit: Number.MAX_SAFE_INTEGER };
const POLL_MS = 50;
const UNDER_WAY: readonly number[] = [MODEL_STATUS.queued, MODEL_STATUS.training];

/** Trains in `target` every model that `from` can ask and `target` cannot, and waits for it. Returns how many.
 *  A model whose training fails keeps the reason in its version. @throws the reason of `signal` */
export async function retrain(
  store: Store,
  from: Pick<Space, "models">,
  target: Pick<Space, "models">,
  signal: AbortSignal,
): Promise<number> {
  let count = 0;
  for (const app of await store.apps.all()) {
    for (const { id } of await from.models.list(app, EVERYTHING)) {
      signal.throwIfAborted();
      const isKnown = (await from.models.current(app, id)) !== undefined;
      if (!isKnown || (await target.models.current(app, id))) continue;
      const { id: versionId } = await target.models.train(app, id);
      await ended(target.models, app, id, versionId, signal);
      count++;
    }
  }
  return count;
}

async function ended(
  models: Models,
  app: App,
  modelId: string,
  versionId: string,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const version = await models.version(app, modelId, versionId);
    if (!version || !UNDER_WAY.includes(version.statusCode)) return;
    await setTimeout(POLL_MS, undefined, { signal });
  }
}
