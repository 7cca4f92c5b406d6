// ?labels=, ?datasets= and ?metadata= of an upload -> what each of its images gets.
import { z } from "zod";
import type { Json, UploadSettings } from "../engine/engine.ts";
import { LIMITS } from "../limits.ts";
import { jsonObject } from "./own/json-object.ts";
import { parseGiven } from "./own/own-call.ts";

const text = z.string().min(1).max(LIMITS.idLength);
/** One value or several of the same name. */
const texts = z.preprocess(
  (given) => (given === undefined ? [] : [given].flat()),
  z.array(text).max(LIMITS.uploadLabels),
);

const schema = z.object({
  labels: texts,
  datasets: texts,
  metadata: z.string().max(LIMITS.uploadMetadataLength).transform(toJson).optional(),
});

/** @throws AppError "invalid_request" */
export function toUploadSettings(query: unknown): UploadSettings {
  const { labels, datasets, metadata } = parseGiven(schema, query, "the upload");
  return {
    labels: labels.map((name) => ({ name, value: 1 })),
    datasets,
    ...(metadata && { metadata }),
  };
}

function toJson(given: string, { issues }: z.core.$RefinementCtx<string>): Json {
  const parsed = jsonObject.safeParse(parseJson(given));
  if (parsed.success) return parsed.data;
  issues.push({ code: "custom", message: parsed.error.issues[0]?.message ?? "", input: given });
  return z.NEVER;
}

function parseJson(given: string): unknown {
  try {
    return JSON.parse(given);
  } catch {
    return undefined; // no JSON at all
  }
}
