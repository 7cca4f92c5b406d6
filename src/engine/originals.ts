// Kept originals: posted and downloaded bytes, by content. Several inputs may own the same ones.
import { createHash } from "node:crypto";
import type { BlobStore } from "./blobs.ts";
import type { Input } from "./engine.ts";
import { readImageFile } from "./files.ts";
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

/** The bytes of a processed input, kept or in their place; undefined if they are gone or not those any more. */
export async function readOriginal(
  blobs: Pick<BlobStore, "get">,
  app: { readonly row: number },
  { path, sha256 }: Pick<Input, "path" | "sha256">,
): Promise<Uint8Array | undefined> {
  if (sha256 === null) return undefined;
  return path === null ? blobs.get(originalKey(app.row, sha256)) : readUnchanged(path, sha256);
}

// What lies at the path now may be anything: only the bytes that were indexed are given away.
async function readUnchanged(path: string, sha256: string): Promise<Uint8Array | undefined> {
  const bytes = await readImageFile(path).catch(() => undefined); // moved or deleted since
  const isSame = bytes && createHash("sha256").update(bytes).digest("hex") === sha256;
  return isSame ? bytes : undefined;
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
