// What a reload must not lose, in IndexedDB: a record of each upload, and the files that still have to be sent. Every
// record has one owner, a page that lives: its lock says so, and nobody else sends what it owns.
import { createStore, del, delMany, entries, get, set, setMany } from "idb-keyval";
import type { Upload } from "./upload-state.ts";
import type { UrlJob } from "./url-job.ts";

/** As many files, and bytes of them, as are kept; of the others only the names. */
const FILES_MAX = 500;
const BYTES_MAX = 2e9;
/** Of the space that the browser would give us. */
const SHARE = 0.5;
const FLUSH_MS = 200;
/** Uploads that are over and still shown after a reload. */
const OVER_MAX = 500;

type Kept =
  | { readonly kind: "file"; readonly upload: Upload }
  | { readonly kind: "urls"; readonly job: UrlJob };
type KeptRecord = Kept & { readonly app: string; readonly owner: string };

export type UploadKeeper = {
  keep(upload: Upload): void;
  forget(keys: readonly string[]): void;
  /** Would it survive a reload, with its file? */
  isKept(key: string): boolean;
};

export type KeptUploads = UploadKeeper & {
  keepJob(job: UrlJob): void;
  /** Makes this page the owner of what dead pages left, and returns it. */
  takeOver(): Promise<{ readonly uploads: readonly Upload[]; readonly jobs: readonly UrlJob[] }>;
};

const records = () => createStore("semblance-uploads", "records");
const files = () => createStore("semblance-upload-files", "files");

/** Ids of apps with uploads that are kept. */
export async function appsWithUploads(): Promise<readonly string[]> {
  if (!canKeep()) return [];
  try {
    const all = await entries<string, KeptRecord>(records());
    return [...new Set(all.map(([, { app }]) => app))];
  } catch {
    return []; // a browser that stores nothing
  }
}

/** Pages without TLS have no locks, and private windows may have no database: then nothing is kept. */
export function canKeep(): boolean {
  return "locks" in navigator && "indexedDB" in globalThis;
}

/** @param onKept told when a file is safe */
export function createKeptUploads(app: string, owner: string, onKept: () => void): KeptUploads {
  const [recordStore, fileStore] = [records(), files()];
  const dirty = new Map<string, Kept | undefined>();
  /** Sizes of the files that are in the store. */
  const stored = new Map<string, number>();
  let isBroken = false;
  let isFlushing = false;
  const room = spaceFor();
  void navigator.locks.request(lockOf(owner), () => new Promise(() => {}));

  function put(key: string, kept: Kept | undefined): void {
    dirty.set(key, kept);
    if (!isFlushing) void flush();
  }

  async function flush(): Promise<void> {
    isFlushing = true;
    try {
      while (dirty.size > 0 && !isBroken) {
        await new Promise((resolve) => setTimeout(resolve, FLUSH_MS));
        const changes = [...dirty];
        dirty.clear();
        await writeRecords(changes);
        for (const [key, kept] of changes) await writeFile(key, kept);
      }
    } catch {
      isBroken = true; // full, or forbidden: the page warns before it is left
    } finally {
      isFlushing = false;
    }
  }

  async function writeRecords(changes: readonly (readonly [string, Kept | undefined])[]) {
    const kept = changes.flatMap(([key, one]): [string, KeptRecord][] =>
      one ? [[key, { ...withoutFile(one), app, owner }]] : [],
    );
    if (kept.length > 0) await setMany(kept, recordStore);
    const gone = changes.filter(([, one]) => !one).map(([key]) => key);
    if (gone.length > 0) await delMany(gone, recordStore);
  }

  async function writeFile(key: string, kept: Kept | undefined): Promise<void> {
    const file = kept?.kind === "file" && isToBeSent(kept.upload) ? kept.upload.file : undefined;
    if (!file) {
      if (stored.delete(key)) await del(key, fileStore);
      return;
    }
    if (dirty.has(key) || stored.has(key) || !(await hasRoom(file.size))) return;
    await set(key, file, fileStore);
    stored.set(key, file.size);
    onKept();
  }

  async function hasRoom(sizeBytes: number): Promise<boolean> {
    const used = [...stored.values()].reduce((sum, size) => sum + size, 0);
    return stored.size < FILES_MAX && used + sizeBytes <= (await room);
  }

  async function adopt(left: string): Promise<readonly Kept[]> {
    const all = await entries<string, KeptRecord>(recordStore);
    const own = all.filter(([, record]) => record.owner === left && record.app === app);
    await setMany(
      own.map(([key, record]): [string, KeptRecord] => [key, { ...record, owner }]),
      recordStore,
    );
    return Promise.all(own.map(([key, record]) => withFile(key, record)));
  }

  async function withFile(key: string, record: Kept): Promise<Kept> {
    if (record.kind !== "file" || !isToBeSent(record.upload)) return record;
    const file = await get<File>(key, fileStore);
    if (file) stored.set(key, file.size);
    return { kind: "file", upload: { ...record.upload, file } };
  }

  return {
    keep: (upload) => put(upload.key, { kind: "file", upload }),
    keepJob: (job) => put(job.key, { kind: "urls", job }),
    forget(keys) {
      // At once: what was dismissed must not come back with a reload. Files follow.
      void delMany([...keys], recordStore).catch(() => undefined);
      for (const key of keys) put(key, undefined);
    },
    isKept: (key) => stored.has(key),
    async takeOver() {
      const found: Kept[] = [];
      for (const left of await ownersOf(app, recordStore)) {
        if (left === owner) continue;
        await navigator.locks.request(lockOf(left), { ifAvailable: true }, async (lock) => {
          if (lock) found.push(...(await adopt(left)));
        });
      }
      const uploads = found.flatMap((kept) => (kept.kind === "file" ? [kept.upload] : []));
      const jobs = found.flatMap((kept) => (kept.kind === "urls" ? [kept.job] : []));
      const over = uploads.filter((upload) => !isToBeSent(upload));
      const tooMany = new Set(over.slice(0, -OVER_MAX).map(({ key }) => key));
      for (const key of tooMany) put(key, undefined);
      return { uploads: uploads.filter(({ key }) => !tooMany.has(key)), jobs };
    },
  };
}

async function ownersOf(app: string, store: ReturnType<typeof createStore>) {
  const all = await entries<string, KeptRecord>(store);
  return new Set(all.filter(([, one]) => one.app === app).map(([, one]) => one.owner));
}

function lockOf(owner: string): string {
  return `semblance.uploads.${owner}`;
}

function isToBeSent(upload: Upload): boolean {
  return upload.kind === "failed" ? upload.isRetryable : upload.kind !== "sent";
}

function withoutFile(kept: Kept): Kept {
  return kept.kind === "urls"
    ? kept
    : { kind: "file", upload: { ...kept.upload, file: undefined } };
}

async function spaceFor(): Promise<number> {
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  return Math.min(BYTES_MAX, (quota - usage) * SHARE);
}
