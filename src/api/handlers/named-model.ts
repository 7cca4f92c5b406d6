// The model that a request names: one of the app, or one of clarifai/main, which every app may use.
import type { UserAppIDSet } from "#proto/api/resources_pb";
import type { App, Engine } from "../../engine/engine.ts";
import { noSuchModel, noSuchVersion } from "../../engine/training/model-errors.ts";
import type { Model, ModelVersion } from "../../engine/training/model-record.ts";
import { isMain, resolveApp } from "./app.ts";
import { type BaseModel, findBaseModel } from "./main-app.ts";

export type NamedModel =
  | { readonly kind: "base"; readonly base: BaseModel; readonly versionId: string }
  | {
      readonly kind: "own";
      readonly app: App;
      readonly model: Model;
      /** The one asked for, or else the newest. */
      readonly version: ModelVersion | undefined;
      /** Whether a version was asked for. */
      readonly isPinned: boolean;
    };

/** `versionId` "": whichever there is. An app's own model hides a base model of the same id.
 *  @throws AppError "model_not_found", and of resolveApp */
export async function findModel(
  engine: Engine,
  named: Pick<UserAppIDSet, "userId" | "appId"> | undefined,
  modelId: string,
  versionId: string,
): Promise<NamedModel> {
  const base = findBaseModel(modelId);
  const found = base && { kind: "base" as const, base, versionId: versionId || base.versionId };
  if (isMain(named)) {
    if (found === undefined) throw noSuchModel(modelId);
    return found;
  }
  const app = await resolveApp(engine, named);
  const model = await engine.models.get(app, modelId);
  if (model !== undefined) return withVersion(engine, app, model, versionId);
  if (found === undefined) throw noSuchModel(modelId);
  return found;
}

async function withVersion(
  engine: Engine,
  app: App,
  model: Model,
  versionId: string,
): Promise<NamedModel> {
  if (versionId === "") {
    return { kind: "own", app, model, version: model.latest, isPinned: false };
  }
  const version = await engine.models.version(app, model.id, versionId);
  if (version === undefined) throw noSuchVersion(model.id, versionId);
  return { kind: "own", app, model, version, isPinned: true };
}
