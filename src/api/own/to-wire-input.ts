// An input as our own API says it: Clarifai's JSON, and beside it what Clarifai has no field for.
import { create } from "@bufbuild/protobuf";
import { InputSchema } from "#proto/api/resources_pb";
import type { App, Engine, Input } from "../../engine/engine.ts";
import { toInputs } from "../handlers/to-input.ts";
import { writeJson } from "../json.ts";

/** In the same order. `baseUrl`: what links start with. */
export async function toWireInputs(
  engine: Engine,
  app: App,
  inputs: readonly Input[],
  baseUrl: string,
) {
  const messages = await toInputs(engine, app, inputs, baseUrl);
  return inputs.map((input, i) => ({
    ...(writeJson(InputSchema, create(InputSchema, messages[i])) as object),
    semblance: toOwn(input),
  }));
}

function toOwn({ sizeBytes, takenAt, exif, blur }: Input) {
  return {
    size_bytes: sizeBytes,
    ...(takenAt && { taken_at: takenAt.toISOString() }),
    ...(Object.keys(exif).length > 0 && { exif }),
    ...(blur && { blur: Buffer.from(blur).toString("base64") }),
  };
}
