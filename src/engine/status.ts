// How an app and the disk under it are doing, in figures that cost milliseconds at 100,000 inputs.
import { readFileSync } from "node:fs";
import { stat, statfs } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { BlobStore } from "./blobs.ts";
import type { App, InputStatus } from "./engine.ts";
import type { Store } from "./store.ts";
import { thumbnailKey } from "./thumbnail.ts";

/** Thumbnails that stand for all of an app. */
const SAMPLED = 20;

export type Status = {
  readonly version: string;
  readonly startedAt: Date;
  readonly inputs: Readonly<Record<InputStatus, number>>;
  readonly storage: {
    /** Of the app: what it keeps, each input by itself. */
    readonly originalsBytes: number;
    /** Of the app, estimated. */
    readonly thumbnailsBytes: number;
    readonly vectorsBytes: number;
    /** Of all apps. */
    readonly databaseBytes: number;
    readonly freeBytes: number;
    /** Absolute. */
    readonly dataFolder: string;
  };
};

type Parts = {
  readonly store: Pick<Store, "countInputs" | "sizes">;
  readonly blobs: Pick<BlobStore, "get">;
  /** Where the data are. */
  readonly folder: string;
  /** Of the vectors in use. */
  readonly dim: () => number;
};

/** To be made when the engine opens: it remembers when. */
export function createStatus({ store, blobs, folder, dim }: Parts): (app: App) => Promise<Status> {
  const startedAt = new Date();
  const version = readVersion();
  return async (app) => {
    const inputs = await store.countInputs(app);
    const { keptBytes, sampledRows } = await store.sizes(app, SAMPLED);
    const [meanBytes, databaseBytes, disk] = await Promise.all([
      meanThumbnail(blobs, app, sampledRows),
      databaseSize(folder),
      statfs(folder),
    ]);
    const storage = {
      originalsBytes: keptBytes,
      thumbnailsBytes: Math.round(inputs.processed * meanBytes),
      vectorsBytes: inputs.processed * dim() * Float32Array.BYTES_PER_ELEMENT,
      databaseBytes,
      freeBytes: disk.bavail * disk.bsize,
      dataFolder: resolve(folder),
    };
    return { version, startedAt, inputs, storage };
  };
}

async function meanThumbnail(
  blobs: Pick<BlobStore, "get">,
  app: App,
  inputRows: readonly number[],
): Promise<number> {
  const found = await Promise.all(inputRows.map((row) => blobs.get(thumbnailKey(app.row, row))));
  const sum = found.reduce((total, bytes) => total + (bytes?.length ?? 0), 0);
  return sum / Math.max(1, found.length);
}

// With the write-ahead log, which may be large while much is written.
async function databaseSize(folder: string): Promise<number> {
  const files = ["semblance.db", "semblance.db-wal"].map((name) => join(folder, name));
  const sizes = await Promise.all(files.map((file) => stat(file).catch(() => ({ size: 0 }))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}

function readVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
