// One change of many inputs, in steps: other requests get their turn in between, and it can be stopped there.
import { setImmediate } from "node:timers/promises";
import { AppError } from "../../errors.ts";
import type { Report } from "../activities.ts";
import type { App, Json } from "../engine.ts";
import type { Store } from "../store.ts";
import type { InputPatch, PatchAction } from "./annotations.ts";
import type { Dataset } from "./datasets.ts";
import { noSuchId } from "./ids.ts";

/** Inputs per transaction, or labels of them: it takes 50 ms or so, and other requests wait as long. */
const STEP = 200;
/** Characters that tell people what a change is about. */
const ABOUT_LENGTH = 100;

/** Names of concepts, keys of metadata, ids of datasets; a new concept is made, a dataset must exist. */
export type BulkChange =
  | {
      readonly kind: "labels";
      readonly add: readonly string[];
      readonly addAbsent: readonly string[];
      readonly remove: readonly string[];
    }
  | { readonly kind: "metadata"; readonly set: Json; readonly remove: readonly string[] }
  | {
      readonly kind: "datasets";
      readonly add: readonly string[];
      readonly remove: readonly string[];
    }
  | { readonly kind: "delete" };

/** `failed`: inputs that do not exist. */
export type BulkResult = { readonly changed: number; readonly failed: number };

export type BulkParts = {
  readonly store: Pick<Store, "annotations" | "datasets" | "inputs">;
  readonly deleteInputs: (app: App, ids: readonly string[]) => Promise<number>;
};

/** Changes some inputs and returns how many exist. */
export type BulkStep = (ids: readonly string[]) => Promise<number>;

/** What to do with each step, checked before the first one. @throws AppError "not_found" for a dataset */
export async function planBulk(parts: BulkParts, app: App, change: BulkChange): Promise<BulkStep> {
  switch (change.kind) {
    case "delete":
      return (ids) => parts.deleteInputs(app, ids);
    case "labels":
      return planPatches(parts, app, {
        merge: {
          labels: [...toLabels(change.add, 1), ...toLabels(change.addAbsent, 0)],
        },
        remove: { labels: toLabels(change.remove, 1) },
      });
    case "metadata":
      return planPatches(parts, app, {
        merge: { metadata: change.set },
        remove: { metadata: Object.fromEntries(change.remove.map((key) => [key, null])) },
      });
    case "datasets":
      return planDatasets(parts, app, change);
  }
}

/** @throws the reason of `signal` when it aborts, between two steps */
export async function runBulk(
  ids: readonly string[],
  step: BulkStep,
  report: Report,
  signal: AbortSignal,
): Promise<BulkResult> {
  let changed = 0;
  for (let start = 0; start < ids.length; start += STEP) {
    signal.throwIfAborted();
    changed += await step(ids.slice(start, start + STEP));
    report(Math.min(start + STEP, ids.length), ids.length);
    await setImmediate();
  }
  return { changed, failed: ids.length - changed };
}

/** What a change is about, for people: names, keys or ids; "" for a deletion. */
export function aboutBulk(change: BulkChange): string {
  const words = wordsOf(change).join(", ");
  return words.length > ABOUT_LENGTH ? `${words.slice(0, ABOUT_LENGTH - 1)}…` : words;
}

function wordsOf(change: BulkChange): readonly string[] {
  switch (change.kind) {
    case "delete":
      return [];
    case "labels":
      return [...change.add, ...change.addAbsent, ...change.remove];
    case "metadata":
      return [...Object.keys(change.set), ...change.remove];
    case "datasets":
      return [...change.add, ...change.remove];
  }
}

type Patch = Omit<InputPatch, "id">;

// Removes first: what is added and removed is there in the end.
function planPatches(
  { store: { annotations } }: BulkParts,
  app: App,
  patches: { readonly merge: Patch; readonly remove: Patch },
): BulkStep {
  const actions = (["remove", "merge"] as const).filter((action) => !isEmpty(patches[action]));
  const labels = Math.max(...actions.map((action) => patches[action].labels?.length ?? 0));
  return inParts(Math.ceil(STEP / Math.max(1, labels)), async (ids) => {
    let known = ids.length;
    for (const action of actions)
      known = await patchAll(annotations, app, ids, patches[action], action);
    return known;
  });
}

// Others get their turn after each.
function inParts(size: number, step: BulkStep): BulkStep {
  return async (ids) => {
    let known = 0;
    for (let start = 0; start < ids.length; start += size) {
      known += await step(ids.slice(start, start + size));
      await setImmediate();
    }
    return known;
  };
}

async function patchAll(
  annotations: Store["annotations"],
  app: App,
  ids: readonly string[],
  patch: Patch,
  action: PatchAction,
): Promise<number> {
  const given = ids.map((id) => ({ ...patch, id }));
  const results = await annotations.patchInputs(app, given, action);
  const refused = results.find((one) => one instanceof AppError && one.code !== "not_found");
  if (refused) throw refused; // it is about the change, not about one input
  return results.filter((one) => !(one instanceof AppError)).length;
}

async function planDatasets(
  { store }: BulkParts,
  app: App,
  { add, remove }: BulkChange & { readonly kind: "datasets" },
): Promise<BulkStep> {
  const find = async (id: string): Promise<Dataset> => {
    const dataset = await store.datasets.get(app, id);
    if (dataset) return dataset;
    throw noSuchId(id, "a dataset");
  };
  const [added, removed] = await Promise.all(
    [add, remove].map((ids) => Promise.all(ids.map(find))),
  );
  return async (ids) => {
    for (const dataset of removed ?? []) await store.datasets.remove(app, dataset, ids);
    for (const dataset of added ?? []) await store.datasets.add(app, dataset, ids);
    return (await store.inputs(app, { ids, offset: 0, limit: ids.length })).length;
  };
}

function toLabels(names: readonly string[], value: number) {
  return names.map((name) => ({ name, value }));
}

function isEmpty({ labels = [], metadata = {} }: Patch): boolean {
  return labels.length === 0 && Object.keys(metadata).length === 0;
}
