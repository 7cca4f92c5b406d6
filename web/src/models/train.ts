// A concept's name and images that show it -> labels on the server, a trained version of its model.
import type { BulkResult } from "../../../src/client/bulk.ts";
import type { Client } from "../../../src/client/client.ts";
import type { ModelVersion } from "../../../src/client/models.ts";

export type TrainingOrder = {
  readonly name: string;
  /** Inputs to label with it first. */
  readonly ids: readonly string[];
  /** Default: as in the last version. */
  readonly isLabelledOnly?: boolean;
};

export type TrainingStep = "labelling" | "queued" | "training";
export type Trained = { readonly modelId: string; readonly version: ModelVersion };

type Calls = Pick<Client, "activities" | "changeInputs" | "model" | "trainConcept">;

const POLL_MS = 250;

/** Resolves when the version is trained. What was begun goes on at the server if `signal` aborts.
 *  @throws Error that says why it could not be trained */
export async function train(
  client: Calls,
  { name, ids, isLabelledOnly }: TrainingOrder,
  onStep: (step: TrainingStep) => void,
  signal: AbortSignal,
): Promise<Trained> {
  onStep("labelling");
  if (ids.length > 0) await label(client, ids, name, signal);
  onStep("queued");
  const { modelId, version } = await client.trainConcept(name, isLabelledOnly);
  return { modelId, version: await trained(client, modelId, version.id, onStep, signal) };
}

async function label(
  client: Calls,
  ids: readonly string[],
  name: string,
  signal: AbortSignal,
): Promise<void> {
  let activity = await client.changeInputs({ ids }, { kind: "labels", add: [name] });
  while (activity.state === "running") {
    await rest(signal);
    const { id } = activity;
    const found = (await client.activities({ signal })).find((one) => one.id === id);
    if (!found) throw new Error("Expected the labelling to go on but the server started anew.");
    activity = found;
  }
  if (activity.state !== "done") throw new Error(activity.failure || "Labelling was cancelled.");
  const { changed } = activity.result as BulkResult; // says bulk.ts
  if (changed === 0) throw new Error("Expected images to learn from but they are gone.");
}

async function trained(
  client: Calls,
  modelId: string,
  versionId: string,
  onStep: (step: TrainingStep) => void,
  signal: AbortSignal,
): Promise<ModelVersion> {
  for (;;) {
    const { versions } = await client.model(modelId, { signal });
    const version = versions.find(({ id }) => id === versionId);
    if (!version) throw new Error("Expected the version to be there but it was deleted.");
    if (version.state === "trained") return version;
    if (version.state === "failed") throw new Error(version.statusText);
    onStep(version.state === "training" ? "training" : "queued");
    await rest(signal);
  }
}

function rest(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, POLL_MS);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
