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

export function inputCalls(connection: Connection) {
  const uploadPath = (name: string) => ownPath(connection, "/uploads", { name });
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

    /** Sends one image or zip archive; one result for each image in it. */
    async upload(
      name: string,
      bytes: Blob | Uint8Array<ArrayBuffer>,
      options?: CallOptions,
    ): Promise<readonly UploadedInput[]> {
      const init = { method: "POST", body: bytes };
      const response = await send(connection, uploadPath(name), init, options);
      return toUploadedInputs(await toReply<WireUploadReply>(response));
    },

    /** Address of a JPEG whose longest side is 512 px, of an input of which only the id is known. */
    thumbnailUrl: (id: string): string =>
      connection.baseUrl + ownPath(connection, `/thumbnails/${encodeURIComponent(id)}`),
    /** Address that takes a POST of raw bytes, for callers who need upload progress. */
    uploadUrl: (name: string): string => connection.baseUrl + uploadPath(name),
  };
}
