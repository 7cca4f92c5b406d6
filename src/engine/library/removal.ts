// Deletes inputs and apps with all that hangs on them: rows, then their place in the index, then bytes.
import { setImmediate } from "node:timers/promises";
import { AppError } from "../../errors.ts";
import type { App, Input } from "../engine.ts";
import type { Examples } from "../examples.ts";
import type { Downloads } from "../fetch/downloads.ts";
import { dropOriginal, type Originals } from "../originals.ts";
import type { Spaces } from "../spaces/spaces.ts";
import type { Deleted } from "../store.ts";
import { thumbnailKey } from "../thumbnail.ts";

/** Inputs per transaction: it takes 50 ms or so, and other requests wait as long. */
const CHUNK = 1000;
/** Files deleted at once. */
const PARALLEL = 16;

export type Removal = Originals & {
  readonly downloads: Pick<Downloads, "abort">;
  readonly indexes: Pick<Spaces, "forget" | "remove" | "removeObjects">;
  readonly examples: Pick<Examples, "forget">;
};

/** Deletes the inputs with these ids and returns how many existed. A crash on the way leaves the rest, which the same
 *  request deletes when it is repeated. */
export async function removeInputs(
  removal: Removal,
  app: App,
  ids: readonly string[],
): Promise<number> {
  let count = 0;
  for (let start = 0; start < ids.length; start += CHUNK) {
    const deleted = await removal.store.deleteInputs(app, ids.slice(start, start + CHUNK));
    await finish(removal, app, deleted);
    count += deleted.inputs.length;
    await setImmediate();
  }
  return count;
}

/** The same for all inputs of an app. */
export async function removeAllInputs(removal: Removal, app: App): Promise<number> {
  let count = 0;
  for (;;) {
    const deleted = await removal.store.deleteOldest(app, CHUNK);
    await finish(removal, app, deleted);
    count += deleted.inputs.length;
    if (deleted.inputs.length < CHUNK) return count;
    await setImmediate();
  }
}

/** Its inputs go first, in steps; a crash on the way leaves an app with fewer of them.
 *  @throws AppError "invalid_request" for the app with the id `keptId` */
export async function removeApp(removal: Removal, app: App, keptId: string): Promise<void> {
  requireRemovable(app, keptId);
  await removeAllInputs(removal, app);
  await removal.examples.forget(app);
  const { inputs } = await removal.store.deleteApp(app); // with what was posted meanwhile
  await removal.indexes.forget(app);
  await deleteBytes(removal, app, inputs);
}

/** @throws AppError "invalid_request" for the app with the id `keptId` */
export function requireRemovable({ id }: App, keptId: string): void {
  if (id !== keptId) return;
  throw new AppError(
    "invalid_request",
    `Expected another app than the default one to delete but received ${id}. Its inputs can be deleted.`,
  );
}

async function finish(
  removal: Removal,
  app: App,
  { inputs, vectorRows, objectRows }: Deleted,
): Promise<void> {
  await removal.indexes.remove(app, vectorRows);
  if (objectRows.length > 0) await removal.indexes.removeObjects(app, objectRows);
  await deleteBytes(removal, app, inputs);
}

async function deleteBytes(removal: Removal, app: App, inputs: readonly Input[]): Promise<void> {
  removal.downloads.abort(inputs.map(({ row }) => row));
  for (let start = 0; start < inputs.length; start += PARALLEL) {
    const some = inputs.slice(start, start + PARALLEL);
    await Promise.all(some.map((input) => deleteBytesOf(removal, app, input)));
  }
}

async function deleteBytesOf(removal: Removal, app: App, input: Input): Promise<void> {
  const { row, path, sha256 } = input;
  await removal.blobs.delete(thumbnailKey(app.row, row));
  // Another input may have been posted with the same bytes, on purpose or just now.
  if (path === null && sha256 !== null) await dropOriginal(removal, app, sha256);
}
