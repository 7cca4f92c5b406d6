// Inputs: read one, count them, delete them, send new ones.
import {
  type CallOptions,
  type Connection,
  call,
  ownPath,
  send,
  toReply,
  v2Path,
} from "./connection.ts";
import {
  type Input,
  type Prediction,
  toInput,
  toPredictions,
  toUploadedInputs,
  type UploadedInput,
} from "./input.ts";
import type { WireAnnotationsReply, WireCountsReply, WireInput, WireUploadReply } from "./wire.ts";

const DELETES_PER_REQUEST = 128;

export type Counts = {
  readonly processed: number;
  readonly pending: number;
  readonly failed: number;
};

/** What every image of an upload gets, in an archive, too. */
export type UploadSettings = {
  /** Names; concepts that are new are made. At most 64. */
  readonly labels?: readonly string[];
  /** Ids of datasets that exist. */
  readonly datasets?: readonly string[];
  /** At most 4096 characters as JSON. */
  readonly metadata?: Readonly<Record<string, unknown>>;
};

export function inputCalls(connection: Connection) {
  const uploadPath = (name: string, settings: UploadSettings = {}) =>
    ownPath(connection, "/uploads", toUploadQuery(name, settings));
  return {
    async input(id: string, options?: CallOptions): Promise<Input> {
      const path = ownPath(connection, `/semblance/inputs/${encodeURIComponent(id)}`);
      const reply = await call<{ input: WireInput }>(connection, "GET", path, undefined, options);
      return toInput(reply.input, connection.baseUrl);
    },

    /** The concepts that the model predicts for an input, highest value first. */
    async predictions(id: string, options?: CallOptions): Promise<readonly Prediction[]> {
      const query = `input_ids=${encodeURIComponent(id)}&list_all_annotations=true`;
      const path = `${v2Path(connection, "annotations")}?${query}`;
      return toPredictions(
        await call<WireAnnotationsReply>(connection, "GET", path, undefined, options),
      );
    },

    async counts(options?: CallOptions): Promise<Counts> {
      const path = v2Path(connection, "inputs/status");
      const reply = await call<WireCountsReply>(connection, "GET", path, undefined, options);
      const { processed = 0, processing = 0, to_process = 0, errors = 0 } = reply.counts ?? {};
      return { processed, pending: processing + to_process, failed: errors };
    },

    /** Deletes inputs; ids that do not exist are no error. */
    async deleteInputs(ids: readonly string[], options?: CallOptions): Promise<void> {
      for (let start = 0; start < ids.length; start += DELETES_PER_REQUEST) {
        const body = { ids: ids.slice(start, start + DELETES_PER_REQUEST) };
        await call(connection, "DELETE", v2Path(connection, "inputs"), body, options);
      }
    },

    /** Puts failed inputs back into the queue, at most 1000 of them, or all without `ids`; returns how many. */
    async retryInputs(ids?: readonly string[]): Promise<number> {
      const path = ownPath(connection, "/semblance/inputs/retry");
      return (await call<{ retried: number }>(connection, "POST", path, { ids })).retried;
    },

    /** Sends one image or zip archive; one result for each image in it. */
    async upload(
      name: string,
      bytes: Blob | Uint8Array<ArrayBuffer>,
      options: CallOptions & { readonly settings?: UploadSettings } = {},
    ): Promise<readonly UploadedInput[]> {
      const { settings, ...rest } = options;
      const init = { method: "POST", body: bytes };
      const response = await send(connection, uploadPath(name, settings), init, rest);
      return toUploadedInputs(await toReply<WireUploadReply>(response));
    },

    /** Address of a JPEG whose longest side is 512 px, of an input of which only the id is known. */
    thumbnailUrl: (id: string): string =>
      connection.baseUrl + ownPath(connection, `/thumbnails/${encodeURIComponent(id)}`),
    /** Address that takes a POST of raw bytes, for callers who need upload progress. */
    uploadUrl: (name: string, settings?: UploadSettings): string =>
      connection.baseUrl + uploadPath(name, settings),
  };
}

function toUploadQuery(name: string, { labels = [], datasets = [], metadata }: UploadSettings) {
  const isGiven = metadata !== undefined && Object.keys(metadata).length > 0;
  return { name, labels, datasets, ...(isGiven && { metadata: JSON.stringify(metadata) }) };
}
