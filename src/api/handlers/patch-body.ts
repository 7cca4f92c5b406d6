// A patch of something that is kept as JSON, by the action that the client names.
import type { Json } from "../../engine/engine.ts";
import { mergeJson } from "../../engine/library/merge-json.ts";
import { AppError } from "../../errors.ts";
import { isObject } from "../json.ts";

/** The body after the patch: "overwrite" (the default) sets the fields that the patch has, "merge" also keeps what
 *  the metadata have beside them, "remove" takes the image away, which the patch must name.
 *  @throws AppError "invalid_request" */
export function patchBody(body: Json, patch: Json, action: string): Json {
  if (action === "" || action === "overwrite") return { ...body, ...patch };
  if (action === "merge") {
    const metadata = mergeJson(metadataOf(body), metadataOf(patch));
    return { ...body, ...patch, ...("metadata" in patch && { metadata }) };
  }
  if (action === "remove") return withoutImage(body, patch);
  throw new AppError(
    "invalid_request",
    `Expected overwrite, merge or remove for action but received ${JSON.stringify(action)}.`,
  );
}

/** @throws AppError "invalid_request" for anything but "overwrite", the default */
export function requireOverwrite(action: string): void {
  if (action === "" || action === "overwrite") return;
  throw new AppError(
    "invalid_request",
    `Expected overwrite for action but received ${JSON.stringify(action)}.`,
  );
}

/** The metadata of a body; none is empty. */
export function metadataOf({ metadata }: Json): Json {
  return isObject(metadata) ? metadata : {};
}

// Naming the image shows that the caller has seen which one goes.
function withoutImage(body: Json, patch: Json): Json {
  const [kept, named] = [imageUrl(body), imageUrl(patch)];
  if (kept !== named || !("image" in body)) {
    throw new AppError(
      "invalid_request",
      `Expected the present ${JSON.stringify(kept)} for image.url, as action is remove, but received ${JSON.stringify(named)}.`,
    );
  }
  const { image: _, ...rest } = body;
  return rest;
}

function imageUrl({ image }: Json): string {
  return isObject(image) && typeof image.url === "string" ? image.url : "";
}
