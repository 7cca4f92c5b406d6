// What the filters of a search can offer: counts of the whole app, and the places of what a search finds.
import { type CallOptions, type Connection, call, ownPath } from "./connection.ts";
import type { InputStatus } from "./input.ts";
import type { Colour, Filter, PictureShape } from "./search.ts";

/** Greatest counts first, years newest first. All but `statuses` count processed inputs only. */
export type Facets = {
  readonly total: number;
  readonly statuses: readonly { readonly status: InputStatus; readonly count: number }[];
  /** What people said is there; at most 500. */
  readonly labels: readonly { readonly name: string; readonly count: number }[];
  readonly unlabeled: number;
  /** What a detector found, by the inputs that it is in; at most 500. Empty without a detector. */
  readonly objects: readonly { readonly label: string; readonly count: number }[];
  readonly datasets: readonly {
    readonly id: string;
    readonly name: string;
    readonly count: number;
  }[];
  /** In no dataset. */
  readonly unassigned: number;
  /** "jpeg", "png" ... */
  readonly formats: readonly { readonly format: string; readonly count: number }[];
  readonly shapes: readonly { readonly shape: PictureShape; readonly count: number }[];
  readonly colours: readonly { readonly colour: Colour; readonly count: number }[];
  /** Of the day when it was taken. */
  readonly years: readonly { readonly year: number; readonly count: number }[];
  readonly addedYears: readonly { readonly year: number; readonly count: number }[];
  /** With a place. */
  readonly placed: number;
  /** Keys of the first level, among the newest 2,000 inputs that have metadata. */
  readonly metadataKeys: readonly {
    readonly key: string;
    readonly count: number;
    /** At most 5 different values. */
    readonly examples: readonly unknown[];
  }[];
  /** Width x height of the smallest and the largest picture; 0 if there is none. */
  readonly pixels: { readonly least: number; readonly most: number };
};

/** One input with a place or, where there are too many, all within a square: the middle of them. */
type PlacedInputs = {
  readonly latitude: number;
  readonly longitude: number;
  readonly count: number;
  /** One of them. */
  readonly inputId: string;
};

export type Places = {
  readonly places: readonly PlacedInputs[];
  /** Inputs with a place. */
  readonly total: number;
};

type WireFacets = Omit<Facets, "addedYears" | "metadataKeys"> & {
  readonly added_years: Facets["addedYears"];
  readonly metadata_keys: Facets["metadataKeys"];
};
type WirePlaces = {
  readonly places: readonly (Omit<PlacedInputs, "inputId"> & { readonly input_id: string })[];
  readonly total: number;
};

export function facetCalls(connection: Connection) {
  return {
    async facets(options?: CallOptions): Promise<Facets> {
      const path = ownPath(connection, "/semblance/facets");
      const reply = await call<WireFacets>(connection, "GET", path, undefined, options);
      const { added_years: addedYears, metadata_keys: metadataKeys, ...rest } = reply;
      return { ...rest, addedYears, metadataKeys };
    },

    /** Where the inputs are that pass the filters. */
    async places(
      search: { readonly filters?: readonly Filter[] },
      options?: CallOptions,
    ): Promise<Places> {
      const path = ownPath(connection, "/semblance/places");
      const body = { filters: search.filters ?? [] };
      const reply = await call<WirePlaces>(connection, "POST", path, body, options);
      const places = reply.places.map(({ input_id: inputId, ...place }) => ({ ...place, inputId }));
      return { places, total: reply.total };
    },
  };
}
