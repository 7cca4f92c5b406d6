// Searches: what ranks, what restricts, in which order -> one page of hits.

import type { Colour, PictureShape } from "../picture-words.ts";
import { type CallOptions, type Connection, call, ownPath } from "./connection.ts";
import { type Input, type InputStatus, toInput } from "./input.ts";
import type { WireInput } from "./wire.ts";

export { COLOURS, type Colour, PICTURE_SHAPES, type PictureShape } from "../picture-words.ts";

/** One thing to be like. Several are added with their weights; below 0 asks for what is unlike it. Default 1. */
export type Rank = { readonly weight?: number } & (
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "concept"; readonly name: string }
  | { readonly kind: "input"; readonly input_id: string }
  /** A picture that was given to the server to search by: see `addExample`. */
  | { readonly kind: "example"; readonly id: string }
  | { readonly kind: "url"; readonly url: string }
);

type Place = { readonly latitude: number; readonly longitude: number };

/** One thing that can be true of an input; times are ISO 8601 with a zone. */
export type Condition =
  | { readonly kind: "ids"; readonly ids: readonly string[] }
  | { readonly kind: "status"; readonly statuses: readonly InputStatus[] }
  | { readonly kind: "datasets"; readonly ids: readonly string[] }
  | { readonly kind: "label"; readonly name: string }
  | { readonly kind: "metadata"; readonly contains: Readonly<Record<string, unknown>> }
  | { readonly kind: "radius"; readonly center: Place; readonly radius_km: number }
  /** South west and north east; a west greater than the east: across the date line. */
  | { readonly kind: "box"; readonly corners: readonly [Place, Place] }
  | { readonly kind: "placed" | "unlabeled" | "unassigned" }
  | { readonly kind: "format"; readonly formats: readonly string[] }
  | {
      readonly kind: "date";
      readonly of: "added" | "taken";
      /** Inclusive. */
      readonly from?: string;
      /** Exclusive. */
      readonly to?: string;
    }
  | { readonly kind: "shape"; readonly shapes: readonly PictureShape[] }
  /** Width x height, inclusive. */
  | { readonly kind: "pixels"; readonly least?: number; readonly most?: number }
  | { readonly kind: "colour"; readonly colours: readonly Colour[] }
  | { readonly kind: "name"; readonly contains: string }
  /** These words follow each other in what is written about or in the picture. */
  | { readonly kind: "words"; readonly phrase: string }
  /** So many objects of this label: at least, 1 by default, and at most. */
  | {
      readonly kind: "objects";
      readonly label: string;
      readonly least?: number;
      readonly most?: number;
    };

/** Passes where any condition holds; `negate`: where none does. */
export type Filter = { readonly any_of: readonly Condition[]; readonly negate?: boolean };

export type Order = "relevance" | "newest" | "oldest" | "taken";

/** What to search for. Without ranks: newest first. All filters must pass. */
export type Search = {
  readonly ranks?: readonly Rank[];
  readonly filters?: readonly Filter[];
  /** Default "relevance". */
  readonly order?: Order;
  /** Leaves out what is no good match. */
  readonly relevant_only?: boolean;
  /** One hit for each group of near-duplicates. */
  readonly collapse?: boolean;
  /** Ranks are compared with the objects that a detector found in pictures, not with whole pictures. */
  readonly objects?: boolean;
  /** Hits below this score (0..1) are left out. */
  readonly min_score?: number;
};

export type SearchPageRequest = Search & {
  /** From 0. */
  readonly page?: number;
  /** 1..1000. Default 100. */
  readonly per_page?: number;
};

/** What a detector found: a name, a confidence of 0..1, and where, in parts of the picture's width and height. */
export type FoundObject = {
  readonly label: string;
  readonly confidence: number;
  readonly box: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
};

/** `score` 0..1, greater is nearer. `copies`: near-duplicates that are not shown. `object`: the nearest one, where objects
 *  are compared. */
export type Hit = {
  readonly input: Input;
  readonly score: number;
  readonly copies: number;
  readonly object?: FoundObject;
};

/** One page of hits. `total` counts every match, `relevant` the good ones; undefined where nothing ranks. */
export type SearchPage = {
  readonly hits: readonly Hit[];
  readonly total: number;
  readonly relevant: number | undefined;
};

type WirePage = {
  readonly hits: readonly {
    readonly score: number;
    readonly copies?: number;
    readonly object?: FoundObject;
    readonly input: WireInput;
  }[];
  readonly total: number;
  readonly relevant?: number;
};

export function searchCalls(connection: Connection) {
  return {
    async search(request: SearchPageRequest, options?: CallOptions): Promise<SearchPage> {
      const path = ownPath(connection, "/semblance/search");
      const reply = await call<WirePage>(connection, "POST", path, request, options);
      const hits = reply.hits.map(({ input, score, copies = 0, object }) => ({
        input: toInput(input, connection.baseUrl),
        score,
        copies,
        ...(object && { object }),
      }));
      return { hits, total: reply.total, relevant: reply.relevant };
    },
  };
}
