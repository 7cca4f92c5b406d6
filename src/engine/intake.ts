// What users give -> pending rows of the queue: bytes are kept durably first, files of this machine
// are only named. Returns before anything is decoded; ingest.ts does that.
import { createHash, randomUUID } from "node:crypto";
import { readFile, rm, stat } from "node:fs/promises";
import { AppError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { isArchive, readArchive } from "./archive.ts";
import type { BlobStore } from "./blobs.ts";
import type { App, Input, NewInput } from "./engine.ts";
import type { NewRow } from "./queue.ts";
import type { Store } from "./store.ts";
import type { Turns } from "./turns.ts";

export type Intake = {
  readonly store: Store;
  readonly blobs: BlobStore;
  /** Per content: a delete must not take the bytes that a post has just kept. */
  readonly turns: Turns;
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
async function takeInput(intake: Intake, app: App, input: NewInput): Promise<Input> {
  const id = input.id ?? randomUUID().replaceAll("-", "");
  checkInput(id, input.bytes);
  if (await intake.store.input(app, id)) throw idExists(id);
  const sha256 = createHash("sha256").update(input.bytes).digest("hex");
  const key = originalKey(app.row, sha256);
  return intake.turns.run(key, () => keepInput(intake, app, { ...input, id, sha256 }));
}

async function keepInput(
  { store, blobs }: Intake,
  app: App,
  input: NewInput & { readonly id: string; readonly sha256: string },
): Promise<Input> {
  const { id, sha256, bytes } = input;
  const isKept = ["pending", "processed"] as const;
  const known = input.allowDuplicate ? undefined : await store.inputWithBytes(app, sha256, isKept);
  if (known) throw duplicateOf(known);
  await blobs.put(originalKey(app.row, sha256), bytes, { durable: true });
  const row: NewRow = {
    id,
    name: input.name ?? "",
    size_bytes: bytes.length,
    sha256,
    metadata: JSON.stringify(input.metadata ?? {}),
    allow_duplicate: input.allowDuplicate ? 1 : 0,
  };
  const [inserted] = await store.queue.add(app, [row]);
  if (inserted) return inserted;
  if (!(await store.hasKeptBytes(app, sha256))) await blobs.delete(originalKey(app.row, sha256));
  throw idExists(id); // another request was faster
}

function idExists(id: string): AppError {
  return new AppError(
    "id_exists",
    `Expected a new id for the input but received ${id}, which exists.`,
    { details: { id } },
  );
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

/** Takes the images of a zip archive; one result each. What was read before an archive breaks off is kept. */
export async function takeArchive(
  intake: Intake,
  app: App,
  file: string,
  signal?: AbortSignal,
): Promise<readonly (Input | AppError)[]> {
  const results: (Input | AppError)[] = [];
  try {
    for await (const entry of readArchive(file, signal)) {
      if ("error" in entry) results.push(entry.error);
      else {
        const input = { bytes: entry.bytes, name: entry.name };
        results.push(...(await takeInputs(intake, app, [input])));
      }
    }
  } catch (cause) {
    if (signal?.aborted) throw cause;
    results.push(AppError.from(cause));
  }
  return results;
}
