// Kept originals: posted and downloaded bytes, by content. Several inputs may own the same ones.
import type { BlobStore } from "./blobs.ts";
import type { Store } from "./store.ts";
import type { Turns } from "./turns.ts";

export type Originals = {
  readonly store: Store;
  readonly blobs: BlobStore;
  /** Per content: a delete must not take the bytes that a post has just kept. */
  readonly turns: Turns;
};

/** Where the bytes of an input are kept, by content. */
export function originalKey(app: number, sha256: string): string {
  return `originals/${app}/${sha256.slice(0, 2)}/${sha256}`;
}

/** Keeps bytes durably while `own` gives them an owner; without one they go again. Only in the turn of their key. */
export async function keepOriginal<T>(
  originals: Originals,
  app: { readonly row: number },
  sha256: string,
  bytes: Uint8Array,
  own: () => Promise<T>,
): Promise<T> {
  await originals.blobs.put(originalKey(app.row, sha256), bytes, { durable: true });
  try {
    return await own();
  } finally {
    await dropUnowned(originals, app, sha256);
  }
}

/** Deletes bytes that no input owns any more. */
export function dropOriginal(
  originals: Originals,
  app: { readonly row: number },
  sha256: string,
): Promise<void> {
  const key = originalKey(app.row, sha256);
  return originals.turns.run(key, () => dropUnowned(originals, app, sha256));
}

async function dropUnowned(
  { store, blobs }: Originals,
  app: { readonly row: number },
  sha256: string,
): Promise<void> {
  if (!(await store.hasKeptBytes(app, sha256))) await blobs.delete(originalKey(app.row, sha256));
}
