// Searches that people keep under a name.
import { type CallOptions, type Connection, call, ownPath } from "./connection.ts";

export type SavedSearch = {
  readonly id: string;
  readonly name: string;
  /** Query string of the Portal's page, without "?". */
  readonly address: string;
  /** Id of an input whose thumbnail stands for it. */
  readonly thumbnailId: string | undefined;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
};

/** `name`: 1 to 256 characters; `address`: at most 20,000. */
export type NewSavedSearch = {
  readonly name: string;
  readonly address: string;
  readonly thumbnailId?: string | undefined;
};

type WireSavedSearch = {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly thumbnail_id?: string;
  readonly created_at: string;
  readonly modified_at: string;
};
type Reply = { readonly search: WireSavedSearch };

const PATH = "/semblance/searches";

export function savedSearchCalls(connection: Connection) {
  const pathOf = (id: string) => ownPath(connection, `${PATH}/${encodeURIComponent(id)}`);
  return {
    /** Newest first. */
    async savedSearches(options?: CallOptions): Promise<readonly SavedSearch[]> {
      const path = ownPath(connection, PATH);
      type List = { readonly searches: readonly WireSavedSearch[] };
      const reply = await call<List>(connection, "GET", path, undefined, options);
      return reply.searches.map(toSavedSearch);
    },

    async saveSearch(search: NewSavedSearch): Promise<SavedSearch> {
      const path = ownPath(connection, PATH);
      return toSavedSearch((await call<Reply>(connection, "POST", path, toWire(search))).search);
    },

    /** Sets what is given. */
    async changeSavedSearch(id: string, change: Partial<NewSavedSearch>): Promise<SavedSearch> {
      return toSavedSearch(
        (await call<Reply>(connection, "PATCH", pathOf(id), toWire(change))).search,
      );
    },

    async deleteSavedSearch(id: string): Promise<void> {
      await call(connection, "DELETE", pathOf(id));
    },
  };
}

function toWire({ name, address, thumbnailId }: Partial<NewSavedSearch>) {
  return { name, address, thumbnail_id: thumbnailId };
}

function toSavedSearch(wire: WireSavedSearch): SavedSearch {
  const { created_at, modified_at, thumbnail_id: thumbnailId, ...rest } = wire;
  return {
    ...rest,
    thumbnailId,
    createdAt: new Date(created_at),
    modifiedAt: new Date(modified_at),
  };
}
