// What a version of a model is to learn: from what clients send, and how changes of it add up.

import type { App } from "../engine.ts";
import type { AppConcept, AppConcepts } from "../library/app-concepts.ts";
import type { ModelConcept, ModelSetup, ModelVersion } from "./model-record.ts";

/** How given concepts meet those that are there: "merge" adds, "overwrite" sets, "remove" takes away. */
export type ChangeAction = "merge" | "overwrite" | "remove";

/** A setup as clients give it; a concept needs an id or a name. */
export type GivenSetup = {
  readonly concepts?: readonly Partial<ModelConcept>[];
  readonly isMutuallyExclusive?: boolean;
  readonly isClosed?: boolean;
};

/** The setup of a version with what is given in its place. Concepts that are new to the app are made. */
export async function changeSetup(
  concepts: AppConcepts,
  app: App,
  version: ModelVersion | undefined,
  given: GivenSetup,
  action: ChangeAction,
): Promise<ModelSetup> {
  const old = version ?? { concepts: [], isMutuallyExclusive: false, isClosed: false };
  return {
    concepts: given.concepts
      ? await changeConcepts(concepts, app, old.concepts, given.concepts, action)
      : old.concepts,
    isMutuallyExclusive: given.isMutuallyExclusive ?? old.isMutuallyExclusive,
    isClosed: given.isClosed ?? old.isClosed,
  };
}

export function isSameSetup(one: ModelSetup | undefined, other: ModelSetup): boolean {
  const ids = ({ concepts }: ModelSetup) => JSON.stringify(concepts.map(({ id }) => id));
  return (
    one !== undefined &&
    ids(one) === ids(other) &&
    one.isMutuallyExclusive === other.isMutuallyExclusive &&
    one.isClosed === other.isClosed
  );
}

async function changeConcepts(
  concepts: AppConcepts,
  app: App,
  old: readonly ModelConcept[],
  given: readonly Partial<ModelConcept>[],
  action: ChangeAction,
): Promise<readonly ModelConcept[]> {
  if (action === "remove") {
    const isGone = (concept: ModelConcept) =>
      given.some(({ id, name }) => (id ? id === concept.id : name === concept.name));
    return old.filter((concept) => !isGone(concept));
  }
  const found = await findOrMake(concepts, app, given);
  if (action === "overwrite") return found;
  const known = new Set(old.map(({ id }) => id));
  return [...old, ...found.filter(({ id }) => !known.has(id))];
}

// The app's concepts of these ids or, where a concept has none, of these names.
async function findOrMake(
  concepts: AppConcepts,
  app: App,
  given: readonly Partial<ModelConcept>[],
): Promise<readonly ModelConcept[]> {
  const found = new Map<string, ModelConcept>();
  for (const wanted of given) {
    const { id, name } = await findOrMakeOne(concepts, app, wanted);
    found.set(id, { id, name });
  }
  return [...found.values()];
}

async function findOrMakeOne(
  concepts: AppConcepts,
  app: App,
  { id = "", name = "" }: Partial<ModelConcept>,
): Promise<AppConcept> {
  const found = await concepts.find(app, id || name);
  if (found !== undefined && (id === "" || found.id === id)) return found;
  const [made] = await concepts.create(app, [{ id: id || name, ...(name !== "" && { name }) }]);
  if (made instanceof Error) throw made;
  return made as AppConcept; // one for one
}
