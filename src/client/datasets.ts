// Datasets: named sets of inputs.
import { type CallOptions, type Connection, call, v2Path } from "./connection.ts";

export type Dataset = {
  readonly id: string;
  /** What people call it: the id, unless it was given another name. */
  readonly name: string;
  readonly createdAt: Date | undefined;
};

type WireDataset = {
  readonly id: string;
  readonly created_at?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
};

// Clarifai's datasets have no name: it is kept among their metadata.
const NAME = "name";
const PAGE_SIZE = 1000;

export function datasetCalls(connection: Connection) {
  const path = v2Path(connection, "datasets");
  return {
    /** Newest first. */
    async datasets(options?: CallOptions): Promise<readonly Dataset[]> {
      const all: Dataset[] = [];
      for (let page = 1; ; page++) {
        const query = `sort_by_created_at=true&page=${page}&per_page=${PAGE_SIZE}`;
        type List = { readonly datasets?: readonly WireDataset[] };
        const reply = await call<List>(connection, "GET", `${path}?${query}`, undefined, options);
        const { datasets = [] } = reply;
        all.push(...datasets.map(toDataset));
        if (datasets.length < PAGE_SIZE) return all;
      }
    },

    /** @throws ClientError if the id is taken or is none */
    async createDataset(id: string, name = id): Promise<void> {
      const metadata = name === id ? {} : { [NAME]: name };
      await call(connection, "POST", path, { datasets: [{ id, metadata }] });
    },

    /** The id stays. */
    async renameDataset(id: string, name: string): Promise<void> {
      const datasets = [{ id, metadata: { [NAME]: name } }];
      await call(connection, "PATCH", path, { datasets, action: "merge" });
    },

    /** Its inputs stay. */
    async deleteDataset(id: string): Promise<void> {
      await call(connection, "DELETE", path, { dataset_ids: [id] });
    },
  };
}

function toDataset({ id, created_at, metadata }: WireDataset): Dataset {
  const name = metadata?.[NAME];
  return {
    id,
    name: typeof name === "string" && name.trim() !== "" ? name : id,
    createdAt: created_at ? new Date(created_at) : undefined,
  };
}
