// What users give -> pending rows of the queue: bytes are kept durably first, URLs and files of this machine are
// only named. Returns before anything is fetched or decoded; downloads.ts and ingest.ts do that.
import { createHash } from "node:crypto";
import { readFile, rm, stat } from "node:fs/promises";
import { AppError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { toSegments } from "../url-settings.ts";
import type { Candidate } from "./admission.ts";
import { isArchive, readArchive } from "./archive.ts";
import type { App, Input, NewInput, UploadSettings } from "./engine.ts";
import { parseImageUrl } from "./fetch/fetch-image.ts";
import { checkedId, idExists, newId } from "./library/ids.ts";
import { keepOriginal, type Originals, originalKey } from "./originals.ts";
import { checkedPlace } from "./place.ts";

/** Characters of the name that a URL gives. */
const NAME_LENGTH = 255;

export type Intake = Originals & {
  /** Called when there is something to fetch or to index. */
  readonly wake: () => void;
};

export type IntakeOptions = {
  readonly job?: string;
  readonly refused?: number;
  readonly onConflict?: "refuse" | "suffix";
};

/** Takes inputs into the queue: one result per input, in order. */
export async function takeInputs(
  intake: Intake,
  app: App,
  inputs: readonly NewInput[],
  { job, refused = 0, onConflict = "refuse" }: IntakeOptions = {},
): Promise<readonly (Input | AppError)[]> {
  const { jobs } = intake.store;
  const jobRow = job === undefined ? null : await jobs.open(app, job);
  const results: (Input | AppError)[] = [];
  for (const [i, input] of inputs.entries()) {
    // An id that the request itself repeats is a mistake, not a conflict.
    const isRepeated = input.id !== undefined && inputs.findIndex(({ id }) => id === input.id) < i;
    const isSuffixed = onConflict === "suffix" && !isRepeated;
    const taken = takeInput(intake, app, input, { job: jobRow, isSuffixed });
    results.push(await taken.catch((cause) => AppError.from(cause)));
  }
  const failed = refused + results.filter((result) => result instanceof AppError).length;
  if (jobRow !== null && failed > 0) await jobs.refuse(jobRow, failed);
  intake.wake();
  return results;
}

// One at a time: the second of two equal images in one request must find the first.
async function takeInput(
  intake: Intake,
  app: App,
  input: NewInput,
  how: { readonly job: number | null; readonly isSuffixed: boolean },
): Promise<Input> {
  const labels = intake.store.concepts.withNames(input.labels ?? []);
  const candidate = toCandidate({ ...input, labels }, how);
  const { id } = candidate.row;
  // Before bytes are hashed and written for nothing.
  if (!how.isSuffixed && (await intake.store.input(app, id))) throw idExists(id, "the input");
  if ("url" in input) return intake.store.queue.admit(app, toUrlCandidate(candidate, input.url));
  if (input.bytes.length <= LIMITS.imageBytes) return keep(intake, app, candidate, input.bytes);
  throw new AppError(
    "image_too_large",
    `Expected at most ${LIMITS.imageBytes} bytes for input ${id} but received ${input.bytes.length}.`,
  );
}

function toCandidate(
  input: NewInput,
  { job, isSuffixed }: { readonly job: number | null; readonly isSuffixed: boolean },
): Candidate {
  const place = input.place ? checkedPlace(input.place, "the input") : null;
  return {
    row: {
      id: input.id === undefined ? newId() : checkedId(input.id, "the input"),
      name: input.name ?? "",
      size_bytes: 0,
      metadata: JSON.stringify(input.metadata ?? {}),
      latitude: place?.latitude ?? null,
      longitude: place?.longitude ?? null,
      allow_duplicate: input.allowDuplicate ? 1 : 0,
      job,
    },
    labels: input.labels ?? [],
    datasets: input.datasets ?? [],
    isUrlShared: input.allowDuplicate === true,
    isSuffixed,
  };
}

function toUrlCandidate(candidate: Candidate, given: string): Candidate {
  const { pathname } = parseImageUrl(given);
  const name = candidate.row.name || (toSegments(pathname)?.at(-1) ?? "");
  return { ...candidate, row: { ...candidate.row, name: name.slice(0, NAME_LENGTH), url: given } };
}

function keep(intake: Intake, app: App, candidate: Candidate, bytes: Uint8Array): Promise<Input> {
  const { store, turns } = intake;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const row = { ...candidate.row, sha256, size_bytes: bytes.length };
  return turns.run(originalKey(app.row, sha256), async () => {
    if (row.allow_duplicate === 0) {
      const known = await store.inputWithBytes(app, sha256, ["pending", "processed"]);
      if (known) throw duplicateOf(known);
    }
    return keepOriginal(intake, app, sha256, bytes, () =>
      store.queue.admit(app, { ...candidate, row }),
    );
  });
}

/** The error of bytes that another input already has. */
export function duplicateOf(known: Input): AppError {
  const name = known.name ? ` (${known.name})` : "";
  return new AppError(
    "duplicate_image",
    `Expected a new image but its bytes are those of input ${known.id}${name}.`,
    { details: { id: known.id } },
  );
}

/** Takes one uploaded file, an image or a zip archive, and deletes it. One result per image in it. */
export async function takeUpload(
  intake: Intake,
  app: App,
  file: string,
  name: string,
  signal?: AbortSignal,
  settings: UploadSettings = {},
): Promise<readonly (Input | AppError)[]> {
  try {
    if (await isArchive(file)) return await takeArchive(intake, app, file, signal, settings);
    const { size } = await stat(file);
    if (size > LIMITS.imageBytes) {
      return [
        new AppError(
          "image_too_large",
          `Expected at most ${LIMITS.imageBytes} bytes for the image but received ${size}.`,
        ),
      ];
    }
    return await takeInputs(intake, app, [{ ...settings, bytes: await readFile(file), name }]);
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
  settings: UploadSettings = {},
): Promise<readonly (Input | AppError)[]> {
  const results: (Input | AppError)[] = [];
  try {
    for await (const entry of readArchive(file, signal)) {
      if ("error" in entry) results.push(entry.error);
      else {
        const input = { ...settings, bytes: entry.bytes, name: entry.name };
        results.push(...(await takeInputs(intake, app, [input])));
      }
    }
  } catch (cause) {
    if (signal?.aborted) throw cause;
    results.push(AppError.from(cause));
  }
  return results;
}
