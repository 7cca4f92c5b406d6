// Files and folders of this machine -> pending rows: images are only named, archives are read at once.
import { AppError } from "../errors.ts";
import type { App, InputStatus } from "./engine.ts";
import { type FoundFile, findFiles, isArchiveName } from "./files.ts";
import { type Intake, takeArchive } from "./intake.ts";
import { newId } from "./library/ids.ts";
import type { NewRow } from "./queue.ts";
import type { KnownFile } from "./store.ts";

const BATCH = 500;

/** What came of naming files: queued for reading, or unchanged since the last time. */
export type TakenPaths = {
  readonly queued: number;
  readonly unchanged: number;
  /** How many of the queued ones were there before, by what they were. */
  readonly again: Readonly<Record<InputStatus, number>>;
};

const NONE: TakenPaths = {
  queued: 0,
  unchanged: 0,
  again: { pending: 0, processed: 0, failed: 0, duplicate: 0 },
};

/** Queues files and folders, indexed in place. One that is unreadable becomes a failed input; the rest goes on.
 *  @throws AppError "file_unreadable" if one of `paths` itself does not exist */
export async function takePaths(
  intake: Intake,
  app: App,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<TakenPaths> {
  let taken = NONE;
  // By path: overlapping folders name a file twice.
  let batch = new Map<string, FoundFile>();
  const flush = async () => {
    taken = sum(taken, await takeFiles(intake, app, [...batch.values()]));
    batch = new Map();
  };
  for await (const file of findFiles(paths, signal)) {
    if (isArchiveName(file.path)) taken = sum(taken, await takeZip(intake, app, file, signal));
    else if (batch.set(file.path, file).size >= BATCH) await flush();
  }
  await flush();
  return taken;
}

async function takeFiles(
  { store, wake }: Intake,
  app: App,
  files: readonly FoundFile[],
): Promise<TakenPaths> {
  if (files.length === 0) return NONE;
  const known = await store.inputsAtPaths(
    app,
    files.map(({ path }) => path),
  );
  const fresh: FoundFile[] = [];
  const changed: { row: number; modifiedFileMs: number; sizeBytes: number }[] = [];
  const again = { ...NONE.again };
  for (const file of files) {
    const before = known.get(file.path);
    if (!before) fresh.push(file);
    else if (!(await isSettled(store, app, before, file))) {
      const { row, status } = before.input;
      changed.push({ row, modifiedFileMs: Math.trunc(file.modifiedMs), sizeBytes: file.sizeBytes });
      again[status]++;
    }
  }
  const added = await store.queue.add(app, fresh.map(toRow));
  await store.queue.requeue(changed);
  wake();
  const queued = added.length + changed.length;
  return { queued, unchanged: files.length - queued, again };
}

// Whether a look at the file can change nothing. A failed one is tried again, and a duplicate whose original
// has gone becomes an image of its own.
async function isSettled(
  store: Intake["store"],
  app: App,
  { input, modifiedFileMs }: KnownFile,
  file: FoundFile,
): Promise<boolean> {
  const isSame =
    modifiedFileMs === Math.trunc(file.modifiedMs) && input.sizeBytes === file.sizeBytes;
  if (!isSame || input.status === "failed") return false;
  if (input.status !== "duplicate" || input.sha256 === null) return true;
  return (await store.inputWithBytes(app, input.sha256, ["pending", "processed"])) !== undefined;
}

// Images of an archive are kept like posted ones. Its unreadable entries become failed inputs by name.
async function takeZip(
  intake: Intake,
  app: App,
  file: FoundFile,
  signal: AbortSignal | undefined,
): Promise<TakenPaths> {
  const results = await takeArchive(intake, app, file.path, signal);
  const errors = results.filter((result) => result instanceof AppError);
  const failures = errors.filter(({ code }) => code !== "duplicate_image");
  await intake.store.queue.add(
    app,
    failures.map(({ code, message }) => ({
      id: newId(),
      name: file.name,
      size_bytes: 0,
      status: "failed",
      failure_code: code,
      failure: message,
    })),
  );
  return {
    ...NONE,
    queued: results.length - errors.length,
    unchanged: errors.length - failures.length,
  };
}

function toRow(file: FoundFile): NewRow {
  return {
    id: newId(),
    name: file.name,
    path: file.path,
    modified_file_ms: Math.trunc(file.modifiedMs),
    size_bytes: file.sizeBytes,
  };
}

function sum(a: TakenPaths, b: TakenPaths): TakenPaths {
  const statuses = Object.keys(NONE.again) as InputStatus[];
  const again = Object.fromEntries(statuses.map((name) => [name, a.again[name] + b.again[name]]));
  return {
    queued: a.queued + b.queued,
    unchanged: a.unchanged + b.unchanged,
    again: again as TakenPaths["again"],
  };
}
