// An input of the engine -> Clarifai's Input message, with links to its pictures on this server.
import type { JsonObject, MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { InputSchema } from "#proto/api/resources_pb";
import type { App, Engine, Input } from "../../engine/engine.ts";
import type { Label } from "../../engine/library/labels.ts";
import { toInputStatus } from "../status.ts";
import { isDefaultApp } from "./app.ts";
import { fromLabel } from "./to-label.ts";

type Message = MessageInitShape<typeof InputSchema>;

/** Inputs with what people said about them, in the same order. `baseUrl`: what the links start with. */
export async function toInputs(
  engine: Engine,
  app: App,
  inputs: readonly Input[],
  baseUrl: string,
): Promise<Message[]> {
  const labels = await engine.annotations.labelsOf(inputs);
  return inputs.map((input) => toInput(app, input, labels.get(input.row) ?? [], baseUrl));
}

// The name of a file that was not given by URL travels as ?name= of data.image.url.
function toInput(app: App, input: Input, labels: readonly Label[], baseUrl: string): Message {
  const { place } = input;
  return {
    id: input.id,
    status: toInputStatus(input),
    createdAt: timestampFromDate(input.createdAt),
    modifiedAt: timestampFromDate(input.modifiedAt),
    data: {
      image: {
        url: input.url ?? originalUrl(app, input, baseUrl),
        hosted: hostedUrls(app, input, baseUrl),
        imageInfo: { width: input.widthPx, height: input.heightPx, format: input.format ?? "" },
      },
      concepts: labels.map((label) => fromLabel(app, label)),
      // What the engine holds came from a Struct or from JSON, so it is one.
      metadata: input.metadata as JsonObject,
      ...(place && { geo: { geoPoint: place } }),
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

/** The id of the input whose picture this URL shows, if it is one that `toInputs` gave, on whatever host. */
export function pictureId(url: string): string | undefined {
  const path = URL.canParse(url) ? new URL(url).pathname : "";
  const [, id] = /^\/(?:originals|thumbnails)\/([^/]+)$/.exec(path) ?? [];
  try {
    return id && decodeURIComponent(id);
  } catch {
    return undefined; // a "%" that encodes nothing: none of ours
  }
}

function appQuery(app: App): URLSearchParams {
  return new URLSearchParams(isDefaultApp(app) ? {} : { user_id: app.userId, app_id: app.id });
}

function withMark(query: URLSearchParams): string {
  return query.size === 0 ? "" : `?${query}`;
}
