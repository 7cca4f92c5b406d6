// The encoders that can be searched with: which there are, which is in use, downloads, and the way from one to another.
import { AppError } from "../errors.ts";
import type { Activities, Activity } from "./activities.ts";
import { type ListedPack, listPacks } from "./packs/list.ts";
import { packFolder } from "./packs/pack-id.ts";
import { pullPack } from "./packs/pull.ts";
import { removePack } from "./packs/remove.ts";
import type { SpaceRecord } from "./spaces/space-records.ts";
import type { Spaces } from "./spaces/spaces.ts";

/** "in use": it answers; "on its way": its vectors are being made; "ready": they are kept, so it takes moments to go back. */
type EncoderUse = "in use" | "on its way" | "ready" | "none";

export type EncoderChoice = ListedPack & { readonly use: EncoderUse };

/** A space of vectors; `vectors`: how many. */
export type KeptSpace = SpaceRecord & { readonly vectors: number };

type Parts = {
  readonly data: string;
  readonly spaces: Pick<Spaces, "list" | "use" | "drop">;
  readonly activities: Activities;
  /** Proxy, mirror, token and offline mode of downloads. */
  readonly env: Readonly<Record<string, string | undefined>>;
};

export class Encoders {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The built-in one first, then the recommended ones, then others. */
  async list(): Promise<readonly EncoderChoice[]> {
    const spaces = await this.#parts.spaces.list();
    const packs = (await listPacks(this.#parts.data)).filter(({ kind }) => kind === "encoder");
    return packs.map((pack) => ({ ...pack, use: useOf(pack.id, spaces) }));
  }

  /** Spaces of vectors: the one that answers, the one that is being built, and those that can be returned to. */
  async spaces(): Promise<readonly KeptSpace[]> {
    return this.#parts.spaces.list();
  }

  /** Changes over to an installed one, in the background. @throws AppError "not_found" if it is not installed,
   *  "invalid_request" for a detector */
  async use(id: string): Promise<Activity> {
    const found = await this.#encoder(id);
    const isThere = found?.state === "installed" || found?.state === "built in";
    if (isThere) return this.#parts.spaces.use(packFolder(this.#parts.data, id));
    throw new AppError(
      "not_found",
      `Expected an installed encoder but received ${id}. Install it with: semblance models pull ${id}.`,
    );
  }

  /** Goes back to a space that was kept. @throws AppError "not_found" */
  async returnTo(row: number): Promise<Activity> {
    return this.#parts.spaces.use((await this.#space(row)).folder);
  }

  /** Uses a model in any folder of this machine. */
  changeTo(folder: string): Activity {
    return this.#parts.spaces.use(folder);
  }

  /** Downloads a pack in the background, and changes over to it if `isUsed`. What runs already is returned. */
  download(id: string, { variant, isUsed }: { variant?: string; isUsed: boolean }): Activity {
    const { activities, data, env, spaces } = this.#parts;
    const running = activities.runningForAll("encoder-download");
    if (running?.about === id) return running;
    return activities.startForAll("encoder-download", id, async (report, signal) => {
      await this.#encoder(id);
      const { record } = await pullPack({ dataFolder: data, id, variant, signal, report, env });
      if (isUsed) spaces.use(packFolder(data, id));
      return { id, variant: record.variant };
    });
  }

  /** Deletes a pack from the disk. @throws AppError "invalid_request" for one in use or a detector, "not_found" */
  async remove(id: string): Promise<void> {
    await this.#encoder(id);
    const choice = (await this.list()).find((one) => one.id === id);
    if (choice?.use === "in use" || choice?.use === "on its way") {
      throw new AppError(
        "invalid_request",
        `Expected an encoder that is not in use but received ${id}. Use another one first.`,
      );
    }
    await removePack(this.#parts.data, id);
  }

  /** Deletes the vectors of a kept space. @throws AppError "invalid_request" for one in use, "not_found" */
  async drop(row: number): Promise<void> {
    await this.#parts.spaces.drop(row);
  }

  // Detectors are packs, too, but nothing to search with. undefined: no pack.
  async #encoder(id: string): Promise<ListedPack | undefined> {
    const found = (await listPacks(this.#parts.data)).find((pack) => pack.id === id);
    if (found?.kind !== "detector") return found;
    throw new AppError(
      "invalid_request",
      `Expected an encoder but received ${id}, a detector: it finds objects, and nothing can be searched with it.`,
    );
  }

  async #space(row: number): Promise<KeptSpace> {
    const space = (await this.spaces()).find((one) => one.row === row);
    if (space) return space;
    throw new AppError("not_found", `Expected a vector space that is kept but received ${row}.`);
  }
}

const USES = { current: "in use", building: "on its way", kept: "ready" } as const;

function useOf(id: string, spaces: readonly KeptSpace[]): EncoderUse {
  const space = spaces.find(
    ({ name, state, vectors }) => name === id && (state !== "kept" || vectors > 0),
  );
  return space ? USES[space.state] : "none";
}
