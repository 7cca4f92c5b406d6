// Pictures to search by that are not in the collection: given to the server once, then named by id.
import { type CallOptions, type Connection, ownPath, send, toReply } from "./connection.ts";

/** `width` and `height` in pixels, as it was given. */
export type Example = { readonly id: string; readonly width: number; readonly height: number };

const PATH = "/semblance/examples";

export function exampleCalls(connection: Connection) {
  return {
    /** Bytes of an image, or its address for the server to fetch. The same bytes get the same id. */
    async addExample(picture: Blob | string, options?: CallOptions): Promise<Example> {
      const isUrl = typeof picture === "string";
      const path = ownPath(connection, PATH, isUrl ? { url: picture } : {});
      const init = { method: "POST", ...(!isUrl && { body: picture }) };
      const response = await send(connection, path, init, options);
      return (await toReply<{ example: Example }>(response)).example;
    },

    /** Address of a JPEG whose longest side is 512 px at most. */
    exampleUrl: (id: string): string =>
      connection.baseUrl + ownPath(connection, `${PATH}/${encodeURIComponent(id)}`),
  };
}
