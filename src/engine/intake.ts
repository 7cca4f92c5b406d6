// What users give -> pending rows of the queue: bytes are kept durably first, files of this machine
// are only named. Returns before anything is decoded; ingest.ts does that.
import { createHash, randomUUID } from "node:crypto";
import { readFile, rm, stat } from "node:fs/promises";
import { AppError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { isArchive, readArchive } from "./archive.ts";
import type { BlobStore } from "./blobs.ts";
import type { App, Input, NewInput } from "./engine.ts";
import { type FoundFile, findFiles, isArchiveName } from "./files.ts";
import type { NewRow } from "./queue.ts";
import type { Store } from "./store.ts";

const BATCH = 500;

export type Intake = {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly wake: () => void;
};

/** Where the bytes of an input are kept, by content. */
export function originalKey(app: number, sha256: string): string {
  return `originals/${app}/${sha256.slice(0, 2)}/${sha256}`;
}

/** Takes bytes into the queue: one result per input, in order. */
export async function takeInputs(
  intake: Intake,
  app: App,
  inputs: readonly NewInput[],
): Promise<readonly (Input | AppError)[]> {
  const results: (Input | AppError)[] = [];
  for (const input of inputs) {
    results.push(await takeInput(intake, app, input).catch((cause) => AppError.from(cause)));
  }
  intake.wake();
  return results;
}

// One at a time: the second of two equal images in one request must find the first.
async function takeInput({ store, blobs }: Intake, app: App, input: NewInput): Promise<Input> {
  const id = input.id ?? randomUUID().replaceAll("-", "");
  checkInput(id, input.bytes);
  if (await store.input(app, id)) {
    throw new AppError(
      "id_exists",
      `Expected a new id for the input but received ${id}, which exists.`,
      { details: { id } },
    );
  }
  const sha256 = createHash("sha256").update(input.bytes).digest("hex");
  const known = input.allowDuplicate
    ? undefined
    : await store.inputWithBytes(app, sha256, ["pending", "processed"]);
  if (known) throw duplicateOf(known);
  await blobs.put(originalKey(app.row, sha256), input.bytes, { durable: true });
  const row: NewRow = {
    id,
    name: input.name ?? "",
    size_bytes: input.bytes.length,
    sha256,
    metadata: JSON.stringify(input.metadata ?? {}),
    allow_duplicate: input.allowDuplicate ? 1 : 0,
  };
  const [inserted] = await store.queue.add(app, [row]);
  return inserted as Input;
}

/** The error of bytes that another input already has. */
export function duplicateOf(known: Input): AppError {
  const name = known.name ? ` (${known.name})` : "";
  return new AppError(
    "duplicate_image",
    `Expected a new image but its bytes are those of input ${known.id}${name}.`,
    {
      details: { id: known.id },
    },
  );
}

function checkInput(id: string, bytes: Uint8Array): void {
  if (id.length < 1 || id.length > LIMITS.idLength || /[\p{Cc}/]/u.test(id)) {
    throw new AppError(
      "invalid_request",
      `Expected 1 to ${LIMITS.idLength} characters without "/" for the input id but received ${JSON.stringify(id.slice(0, 300))}.`,
    );
  }
  if (bytes.length > LIMITS.imageBytes) {
    throw new AppError(
      "image_too_large",
      `Expected at most ${LIMITS.imageBytes} bytes for input ${id} but received ${bytes.length}.`,
    );
  }
}

/** Takes one uploaded file, an image or a zip archive, and deletes it. One result per image in it. */
export async function takeUpload(
  intake: Intake,
  app: App,
  file: string,
  name: string,
  signal?: AbortSignal,
): Promise<readonly (Input | AppError)[]> {
  try {
    if (await isArchive(file)) return await takeArchive(intake, app, file, signal);
    const { size } = await stat(file);
    if (size > LIMITS.imageBytes) {
      return [
        new AppError(
          "image_too_large",
          `Expected at most ${LIMITS.imageBytes} bytes for the image but received ${size}.`,
        ),
      ];
    }
    return await takeInputs(intake, app, [{ bytes: await readFile(file), name }]);
  } finally {
    await rm(file, { force: true });
  }
}

async function takeArchive(
  intake: Intake,
  app: App,
  file: string,
  signal?: AbortSignal,
): Promise<readonly (Input | AppError)[]> {
  const results: (Input | AppError)[] = [];
  for await (const entry of readArchive(file, signal)) {
    if ("error" in entry) results.push(entry.error);
    else
      results.push(...(await takeInputs(intake, app, [{ bytes: entry.bytes, name: entry.name }])));
  }
  return results;
}

/** What came of naming files: queued for reading, unchanged since the last time, or not taken. */
export type TakenPaths = { readonly queued: number; readonly unchanged: number };

/** Queues files and folders of this machine, indexed in place; archives are read at once.
 *  @throws AppError "file_unreadable" if one of `paths` does not exist */
export async function takePaths(
  intake: Intake,
  app: App,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<TakenPaths> {
  let taken: TakenPaths = { queued: 0, unchanged: 0 };
  let batch: FoundFile[] = [];
  const flush = async () => {
    taken = sum(taken, await takeFiles(intake, app, batch));
    batch = [];
  };
  for await (const file of findFiles(paths, signal)) {
    if (isArchiveName(file.path)) {
      const results = await takeArchive(intake, app, file.path, signal);
      const queued = results.filter((result) => !(result instanceof AppError)).length;
      taken = sum(taken, { queued, unchanged: results.length - queued });
    } else if (batch.push(file) >= BATCH) await flush();
  }
  await flush();
  return taken;
}

async function takeFiles(
  { store, wake }: Intake,
  app: App,
  files: readonly FoundFile[],
): Promise<TakenPaths> {
  if (files.length === 0) return { queued: 0, unchanged: 0 };
  const known = await store.inputsAtPaths(
    app,
    files.map(({ path }) => path),
  );
  const fresh = files.filter(({ path }) => !known.has(path));
  const changed = files.flatMap(({ path, modifiedMs, sizeBytes }) => {
    const before = known.get(path);
    const isSame =
      before &&
      before.modifiedFileMs === Math.trunc(modifiedMs) &&
      before.input.status !== "failed";
    return before && !isSame
      ? [{ row: before.input.row, modifiedFileMs: Math.trunc(modifiedMs), sizeBytes }]
      : [];
  });
  await store.queue.add(app, fresh.map(toRow));
  await store.queue.requeue(changed);
  wake();
  return {
    queued: fresh.length + changed.length,
    unchanged: files.length - fresh.length - changed.length,
  };
}

function toRow(file: FoundFile): NewRow {
  return {
    id: randomUUID().replaceAll("-", ""),
    name: file.name,
    path: file.path,
    modified_file_ms: Math.trunc(file.modifiedMs),
    size_bytes: file.sizeBytes,
  };
}

function sum(a: TakenPaths, b: TakenPaths): TakenPaths {
  return { queued: a.queued + b.queued, unchanged: a.unchanged + b.unchanged };
}
