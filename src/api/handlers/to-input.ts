// An input of the engine -> Clarifai's Input message, with links to its pictures on this server.
import type { JsonObject, MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { InputSchema } from "#proto/api/resources_pb";
import type { App, Input } from "../../engine/engine.ts";
import { toInputStatus } from "../status.ts";
import { isDefaultApp } from "./app.ts";

/** `baseUrl`: what the links start with. The file name travels as ?name= of data.image.url. */
export function toInput(
  app: App,
  input: Input,
  baseUrl: string,
): MessageInitShape<typeof InputSchema> {
  return {
    id: input.id,
    status: toInputStatus(input),
    createdAt: timestampFromDate(input.createdAt),
    modifiedAt: timestampFromDate(input.modifiedAt),
    data: {
      image: {
        url: originalUrl(app, input, baseUrl),
        hosted: hostedUrls(app, input, baseUrl),
        imageInfo: { width: input.widthPx, height: input.heightPx, format: input.format ?? "" },
      },
      // What the engine holds came from a Struct or from JSON, so it is one.
      metadata: input.metadata as JsonObject,
    },
  };
}

function originalUrl(app: App, input: Input, baseUrl: string): string {
  const query = appQuery(app);
  if (input.name !== "") query.set("name", input.name);
  return `${baseUrl}/originals/${encodeURIComponent(input.id)}${withMark(query)}`;
}

// prefix + "/" + size + "/" + suffix is a URL. The content's hash keeps a cached picture from
// outliving its input when the id is used again.
function hostedUrls(app: App, input: Input, baseUrl: string) {
  const query = appQuery(app);
  if (input.sha256 !== null) query.set("v", input.sha256.slice(0, 16));
  return {
    prefix: baseUrl,
    sizes: ["originals", "thumbnails"],
    suffix: `${encodeURIComponent(input.id)}${withMark(query)}`,
  };
}

function appQuery(app: App): URLSearchParams {
  return new URLSearchParams(isDefaultApp(app) ? {} : { user_id: app.userId, app_id: app.id });
}

function withMark(query: URLSearchParams): string {
  return query.size === 0 ? "" : `?${query}`;
}
