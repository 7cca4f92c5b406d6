// Every processed input of an app, encoded again from its original: thumbnail, vector, predictions and facts. Searches go
// on with the old vector until the new one takes its place.
import type { Report } from "./activities.ts";
import type { BlobStore } from "./blobs.ts";
import type { App, Input } from "./engine.ts";
import type { Gate } from "./gate.ts";
import { readOriginal } from "./originals.ts";
import { encodeAll, type Prepared, prepare } from "./prepare.ts";
import type { Spaces } from "./spaces/spaces.ts";
import type { Store } from "./store.ts";
import type { Thread } from "./thread.ts";
import { thumbnailKey } from "./thumbnail.ts";

type Parts = {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly codecs: Thread;
  readonly spaces: Pick<Spaces, "current" | "targets" | "apply">;
  /** Batches go through it: none is on its way while the model changes. */
  readonly gate: Gate;
  /** Images decoded at once. */
  readonly threads: number;
};

type Ready = { readonly prepared: Prepared; readonly thumbnail: Uint8Array };

/** `kept`: whose original is gone or damaged, or was changed meanwhile; they stay as they were. */
export type Reindexed = { readonly renewed: number; readonly kept: number };

/** Inputs that come while it runs are new enough. */
export async function reindex(
  parts: Parts,
  app: App,
  report: Report,
  signal: AbortSignal,
): Promise<Reindexed> {
  const { processed: total } = await parts.store.countInputs(app);
  let [done, renewed, after] = [0, 0, 0];
  for (;;) {
    report(done, Math.max(done, total));
    signal.throwIfAborted();
    const { imagesAtOnce } = parts.spaces.current.encoder;
    const inputs = await parts.store.queue.processed(app, after, imagesAtOnce);
    const last = inputs.at(-1);
    if (!last || done >= total) return { renewed, kept: done - renewed };
    renewed += await parts.gate.through(async () =>
      replace(parts, app, await prepareAll(parts, app, inputs, signal)),
    );
    done += inputs.length;
    after = last.row;
  }
}

async function prepareAll(
  parts: Parts,
  app: App,
  inputs: readonly Input[],
  signal: AbortSignal,
): Promise<readonly Ready[]> {
  const ready: (Ready | undefined)[] = [];
  for (let start = 0; start < inputs.length; start += parts.threads) {
    signal.throwIfAborted();
    const some = inputs.slice(start, start + parts.threads);
    ready.push(...(await Promise.all(some.map((input) => prepareOne(parts, app, input)))));
  }
  return ready.filter((one) => one !== undefined);
}

async function prepareOne(parts: Parts, app: App, input: Input): Promise<Ready | undefined> {
  const bytes = await readOriginal(parts.blobs, app, input);
  if (!bytes || input.sha256 === null) return undefined;
  const { codecs, spaces } = parts;
  const targets = spaces.targets();
  return prepare(codecs, targets, input, bytes, input.sha256).catch(() => undefined);
}

async function replace(parts: Parts, app: App, ready: readonly Ready[]): Promise<number> {
  if (ready.length === 0) return 0;
  const { store, spaces, blobs } = parts;
  const processed = await encodeAll(
    spaces,
    ready.map(({ prepared }) => prepared),
  );
  const written = await store.queue.complete(processed);
  await spaces.apply(written);
  // After the vectors: what was deleted or queued again meanwhile must not get this one.
  const rows = new Set(written.map(({ input }) => input));
  const renewed = ready.filter(({ prepared }) => rows.has(prepared.input.row));
  await Promise.all(
    renewed.map(({ prepared, thumbnail }) =>
      blobs.put(thumbnailKey(app.row, prepared.input.row), thumbnail),
    ),
  );
  await dropOrphans(parts, app, renewed);
  return renewed.length;
}

// A thumbnail that came behind the deletion of its input would stay for ever.
async function dropOrphans(
  { store, blobs }: Parts,
  app: App,
  renewed: readonly Ready[],
): Promise<void> {
  const inputs = renewed.map(({ prepared }) => prepared.input);
  const ids = inputs.map(({ id }) => id);
  const found = await store.inputs(app, { ids, offset: 0, limit: ids.length });
  const present = new Set(found.map(({ row }) => row));
  const gone = inputs.filter(({ row }) => !present.has(row));
  await Promise.all(gone.map(({ row }) => blobs.delete(thumbnailKey(app.row, row))));
}
