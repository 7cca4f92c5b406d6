// The models that can be searched with: which there are, which answers, downloads, and the way from one to another.
import type { Activity } from "./activities.ts";
import { type CallOptions, type Connection, call } from "./connection.ts";

/** Id of the model that comes with the server. */
export const BUILT_IN_ENCODER = "compact";

export type Encoder = {
  readonly id: string;
  readonly title: string;
  /** "incomplete": a download that can go on. */
  readonly state: "built in" | "installed" | "incomplete" | "available";
  /** "on its way": its vectors are being made; "ready": there are vectors of an earlier use. */
  readonly use: "in use" | "on its way" | "ready" | "none";
  /** Of the installed one, else the one that would be downloaded. null: unknown. */
  readonly variant: string | null;
  /** On disk, else of the download as far as it is known. null: unknown. */
  readonly size_bytes: number | null;
  readonly is_whole_size: boolean;
  readonly licence: string | null;
  /** Of captions. */
  readonly languages: string | null;
  /** One line, against the built-in one. */
  readonly description: string;
  readonly recommended: boolean;
  /** Numbers in one vector. null: unknown. */
  readonly dim: number | null;
  /** A page about it. */
  readonly url: string | null;
  /** Published figures. */
  readonly quality: readonly {
    readonly measure: string;
    readonly percent: number;
    /** Address of who published it. */
    readonly source: string;
  }[];
};

/** Vectors that one model made, of all apps. */
export type VectorSpace = {
  readonly space: number;
  /** Id of the model, or the name of its folder. */
  readonly name: string;
  /** "current": searches use it; "kept": of an earlier model, to go back to. */
  readonly state: "current" | "building" | "kept";
  readonly vectors: number;
  readonly dim: number;
  /** ISO 8601. */
  readonly changed_at: string;
};

export type Encoders = {
  readonly encoders: readonly Encoder[];
  readonly spaces: readonly VectorSpace[];
};

const PATH = "/semblance/encoders";

export function encoderCalls(connection: Connection) {
  const start = async (path: string, body: object): Promise<Activity> =>
    (await call<{ activity: Activity }>(connection, "POST", `${PATH}/${path}`, body)).activity;
  return {
    /** The built-in one first, then the recommended ones. */
    encoders: (options?: CallOptions): Promise<Encoders> =>
      call(connection, "GET", PATH, undefined, options),

    /** Changes over to an installed one, or back to a space that was kept. Searches go on meanwhile. */
    changeEncoder: (to: { readonly id: string } | { readonly space: number }) => start("use", to),

    /** Downloads it, then changes over to it. */
    downloadEncoder: (id: string) => start("download", { id }),

    /** Deletes its files. @throws ClientError while it is in use */
    async deleteEncoder(id: string): Promise<void> {
      await call(connection, "DELETE", `${PATH}/${encodeURIComponent(id)}`);
    },

    /** Deletes kept vectors. @throws ClientError for those in use */
    async deleteVectors(space: number): Promise<void> {
      await call(connection, "DELETE", `${PATH}/spaces/${space}`);
    },
  };
}
