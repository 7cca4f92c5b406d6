// Pictures that people search by and do not keep: encoded bytes -> a small JPEG with an id, the newest few of each app.
import { createHash } from "node:crypto";
import { AppError } from "../errors.ts";
import type { BlobStore } from "./blobs.ts";
import { decode } from "./decode.ts";
import type { App } from "./engine.ts";
import type { Records } from "./library/records.ts";
import type { Thread } from "./thread.ts";
import { makeThumbnail } from "./thumbnail.ts";
import type { Turns } from "./turns.ts";

/** Per app; those that were given longest ago go. */
export const EXAMPLES_MAX = 500;

const KIND = "example";
const ID = /^[0-9a-f]{32}$/;

/** `id`: the first half of the SHA-256 of the bytes, hex. Size after EXIF orientation, before it was made small. */
export type Example = { readonly id: string; readonly widthPx: number; readonly heightPx: number };

type Parts = {
  readonly store: { readonly records: Records };
  readonly blobs: BlobStore;
  readonly codecs: Thread;
  readonly turns: Turns;
};

export class Examples {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The same bytes are one example, now the newest. @throws AppError those of an image that cannot be read */
  async add(app: App, bytes: Uint8Array): Promise<Example> {
    const { blobs, codecs, turns } = this.#parts;
    const picture = await decode(bytes, codecs);
    const { originalWidthPx: widthPx, originalHeightPx: heightPx } = picture;
    const id = createHash("sha256").update(bytes).digest("hex").slice(0, 32);
    const small = await makeThumbnail(picture);
    await turns.run(`${KIND} ${app.row}`, async () => {
      await this.#remember(app, { id, widthPx, heightPx });
      await blobs.put(keyOf(app, id), small);
    });
    return { id, widthPx, heightPx };
  }

  /** JPEG of at most 512 px. @throws AppError "not_found" */
  async read(app: App, id: string): Promise<Uint8Array> {
    const bytes = ID.test(id) ? await this.#parts.blobs.get(keyOf(app, id)) : undefined;
    if (bytes) return bytes;
    throw new AppError(
      "not_found",
      `Expected an example picture for ${id.slice(0, 40)} but there is none: the newest ${EXAMPLES_MAX} are kept. Give the picture again.`,
      { details: { id } },
    );
  }

  /** To be called before the app goes. */
  async forget(app: App): Promise<void> {
    await this.#parts.turns.run(`${KIND} ${app.row}`, () => this.#drop(app, 0));
  }

  async #remember(app: App, { id, widthPx, heightPx }: Example): Promise<void> {
    const { records } = this.#parts.store;
    await records.delete(app, { kind: KIND }, [id]);
    await records.create(app, { kind: KIND, id }, { width: widthPx, height: heightPx });
    await this.#drop(app, EXAMPLES_MAX);
  }

  async #drop(app: App, kept: number): Promise<void> {
    const { blobs, store } = this.#parts;
    const page = { offset: kept, limit: 2 * EXAMPLES_MAX, newestFirst: true };
    const old = await store.records.list(app, { kind: KIND }, page);
    await Promise.all(old.map(({ id }) => blobs.delete(keyOf(app, id))));
    const ids = old.map(({ id }) => id);
    await store.records.delete(app, { kind: KIND }, ids);
  }
}

function keyOf(app: App, id: string): string {
  return `examples/${app.row}/${id}.jpg`;
}
