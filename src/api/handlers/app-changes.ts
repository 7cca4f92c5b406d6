// Patches of an app -> what changes about it.
import type { App, PatchAction } from "#proto/api/resources_pb";
import type { Json } from "../../engine/engine.ts";
import type { AppRecord, NewApp } from "../../engine/library/apps.ts";
import { mergeJson } from "../../engine/library/merge-json.ts";
import { AppError } from "../../errors.ts";
import { metadataOf, patchBody } from "./patch-body.ts";
import { toBaseWorkflow, toDetails } from "./to-app.ts";

export type AppPatch = {
  readonly app: App;
  readonly action: string;
  /** For the metadata alone; absent: the action counts for them, too. */
  readonly metadataAction?: PatchAction | undefined;
};

/** @throws AppError "invalid_request", "unimplemented" */
export function toAppChange(old: AppRecord, patch: AppPatch): Partial<NewApp> {
  const given = toDetails(patch.app);
  // One index serves all base workflows: nothing needs to be indexed again.
  const baseWorkflow = toBaseWorkflow(patch.app);
  return {
    details: toPatched(old.details, given, patch),
    ...(baseWorkflow !== undefined && { baseWorkflow }),
  };
}

function toPatched(old: Json, given: Json, { action, metadataAction }: AppPatch): Json {
  if (metadataAction === undefined || metadataAction.op === "")
    return patchBody(old, given, action);
  const metadata = patchMetadata(metadataOf(old), metadataOf(given), metadataAction);
  return { ...patchBody(old, given, action), metadata };
}

function patchMetadata(
  old: Json,
  given: Json,
  { op, mergeConflictResolution, path }: PatchAction,
): Json {
  if (path !== "") throw refused("an empty path", path);
  if (op === "overwrite") return given;
  if (op === "delete") return {};
  if (op !== "merge") throw refused("overwrite, merge or delete for op", op);
  switch (mergeConflictResolution) {
    case "":
    case "overwrite":
      return mergeJson(old, given);
    case "merge_by_id":
      return mergeJson(old, given, "byId");
    case "do_nothing":
      return mergeJson(given, old);
    default:
      throw refused(
        "overwrite, merge_by_id or do_nothing for merge_conflict_resolution",
        mergeConflictResolution,
      );
  }
}

function refused(expected: string, received: string): AppError {
  return new AppError(
    "unimplemented",
    `Expected ${expected} in metadata_action but received ${JSON.stringify(received)}.`,
  );
}
