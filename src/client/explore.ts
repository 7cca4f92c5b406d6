// Looking at a whole app: its near-duplicates, and the map of what looks alike.
import type { Activity } from "./activities.ts";
import { type CallOptions, type Connection, call, ownPath } from "./connection.ts";
import { type Input, toInput } from "./input.ts";
import type { WireInput } from "./wire.ts";

/** "outdated": there are inputs that it does not know yet. */
type ExploringState = "none" | "running" | "ready" | "outdated";

export type CopyGroup = {
  /** The one that is best kept first. */
  readonly inputs: readonly Input[];
  /** Of each input to the first, 0..1. */
  readonly similarities: readonly number[];
};

export type CopiesPage = {
  readonly state: ExploringState;
  readonly computedAt: Date | undefined;
  /** Inputs that came since. */
  readonly newInputs: number;
  readonly totalGroups: number;
  /** Without those that are best kept. */
  readonly totalCopies: number;
  readonly bytesToWin: number;
  readonly groups: readonly CopyGroup[];
};

export type MapCluster = {
  readonly id: number;
  /** "" if there is no word for it. */
  readonly name: string;
  readonly count: number;
  readonly x: number;
  readonly y: number;
};

export type PictureMap = {
  readonly state: ExploringState;
  readonly computedAt: Date | undefined;
  /** Inputs that came since. */
  readonly newInputs: number;
  /** Searchable inputs; more than there are points where the app is large. */
  readonly total: number;
  readonly clusters: readonly MapCluster[];
  readonly ids: readonly string[];
  /** Places and clusters in the order of the ids. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly cluster: Uint16Array;
};

type WireCopies = {
  readonly state: ExploringState;
  readonly computed_at?: string;
  readonly new_inputs: number;
  readonly total_groups: number;
  readonly total_copies: number;
  readonly bytes_to_win: number;
  readonly groups: readonly {
    readonly similarities: readonly number[];
    readonly inputs: readonly WireInput[];
  }[];
};

type WireMap = Pick<PictureMap, "state" | "total" | "clusters"> & {
  readonly computed_at?: string;
  readonly new_inputs: number;
  readonly points: {
    readonly ids: readonly string[];
    readonly x: string;
    readonly y: string;
    readonly cluster: string;
  };
};

type WireValues = { readonly ids: readonly string[]; readonly values: string };

type WireStarted = { readonly activity: Activity };

const COPIES = "/semblance/near-copies";
const MAP = "/semblance/map";

export function exploreCalls(connection: Connection) {
  return {
    /** Looks for near-duplicates among all inputs; what runs already goes on. */
    async findNearCopies(): Promise<Activity> {
      const path = ownPath(connection, COPIES);
      return (await call<WireStarted>(connection, "POST", path, {})).activity;
    },

    /** Groups of near-duplicates with a similarity of `least` (0..1) or more, the greatest gain first. */
    async nearCopies(
      asked: { readonly page: number; readonly perPage: number; readonly least: number },
      options?: CallOptions,
    ): Promise<CopiesPage> {
      const { page, perPage, least } = asked;
      const query = { page: `${page}`, per_page: `${perPage}`, least: `${least}` };
      const path = ownPath(connection, COPIES, query);
      const reply = await call<WireCopies>(connection, "GET", path, undefined, options);
      return {
        state: reply.state,
        computedAt: toDate(reply.computed_at),
        newInputs: reply.new_inputs,
        totalGroups: reply.total_groups,
        totalCopies: reply.total_copies,
        bytesToWin: reply.bytes_to_win,
        groups: reply.groups.map(({ similarities, inputs }) => ({
          similarities,
          inputs: inputs.map((input) => toInput(input, connection.baseUrl)),
        })),
      };
    },

    /** Says of inputs that all are to be kept: they are no group any more. `isKept` false takes it back. */
    async keepCopies(ids: readonly string[], isKept: boolean): Promise<void> {
      const path = ownPath(connection, `${COPIES}/kept`);
      await call(connection, isKept ? "PUT" : "DELETE", path, { ids });
    },

    /** Makes the map anew; the one of before stays until it is there. */
    async makeMap(): Promise<Activity> {
      const path = ownPath(connection, MAP);
      return (await call<WireStarted>(connection, "POST", path, {})).activity;
    },

    async pictureMap(options?: CallOptions): Promise<PictureMap> {
      const path = ownPath(connection, MAP);
      const reply = await call<WireMap>(connection, "GET", path, undefined, options);
      const { ids, x, y, cluster } = reply.points;
      return {
        state: reply.state,
        computedAt: toDate(reply.computed_at),
        newInputs: reply.new_inputs,
        total: reply.total,
        clusters: reply.clusters,
        ids,
        x: new Float32Array(toBytes(x)),
        y: new Float32Array(toBytes(y)),
        cluster: new Uint16Array(toBytes(cluster)),
      };
    },

    /** Predicted values (0..1) of a concept, in the order of these ids of the map; 0 for what has left it since. */
    async mapValues(
      concept: string,
      ids: readonly string[],
      options?: CallOptions,
    ): Promise<Float32Array> {
      const path = ownPath(connection, `${MAP}/values`, { concept });
      const reply = await call<WireValues>(connection, "GET", path, undefined, options);
      const values = new Float32Array(toBytes(reply.values));
      const places = new Map(reply.ids.map((id, place) => [id, place]));
      return Float32Array.from(ids, (id) => values[places.get(id) ?? -1] ?? 0);
    },
  };
}

function toDate(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}

function toBytes(base64: string): ArrayBuffer {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer;
}
