// Versions of models: train one, look at it, measure it, describe it, delete it.
import type { PostModelVersionsRequest } from "#proto/api/service_pb";
import type { App, Engine } from "../../engine/engine.ts";
import { noSuchVersion } from "../../engine/training/model-errors.ts";
import type { Model, ModelVersion } from "../../engine/training/model-record.ts";
import { MODEL_STATUS } from "../../engine/training/model-record.ts";
import { AppError } from "../../errors.ts";
import { OK } from "../status.ts";
import { resolveApp } from "./app.ts";
import { requireBatch } from "./batch.ts";
import { at, toNewVersion } from "./from-model.ts";
import type { Handlers } from "./handlers.ts";
import { EVERYTHING } from "./listing.ts";
import { findModel } from "./named-model.ts";
import { toWindow } from "./pagination.ts";
import { toBaseModel, toFullMetrics, toModel, toVersion } from "./to-model.ts";

export function modelVersionHandlers(engine: Engine): Handlers {
  return {
    // Old clients send an empty form.
    async postModelVersions(request, call) {
      const { userAppId, modelId, description } = request;
      const app = await resolveApp(engine, userAppId);
      const { given, json } = onlyVersion(request, call.json);
      const version = await engine.models.train(app, modelId, {
        ...(description !== "" && { description }),
        ...toNewVersion(given, json),
      });
      return {
        status: OK,
        model: toModel(app, await engine.models.require(app, modelId), version),
      };
    },

    async getModelVersion({ userAppId, modelId, versionId }) {
      const named = await findModel(engine, userAppId, modelId, versionId);
      if (named.kind === "base") {
        const { modelVersion } = toBaseModel(named.base, modelId, named.versionId);
        return { status: OK, ...(modelVersion && { modelVersion }) };
      }
      return { status: OK, modelVersion: toVersion(named.app, required(named, versionId)) };
    },

    async listModelVersions(request) {
      const { userAppId, modelId } = request;
      const named = await findModel(engine, userAppId, modelId, "");
      const { offset, limit } = toWindow(request);
      if (named.kind === "base") {
        const { modelVersion } = toBaseModel(named.base, modelId);
        return { status: OK, modelVersions: modelVersion ? [modelVersion].slice(offset) : [] };
      }
      const { app } = named;
      const all = await engine.models.versions(app, modelId, EVERYTHING);
      const found = all.filter((version) => isWanted(version, request));
      if (request.sortAscending) found.reverse();
      const page = found.slice(offset, offset + limit);
      return { status: OK, modelVersions: page.map((version) => toVersion(app, version)) };
    },

    async patchModelVersions(request, call) {
      const { userAppId, modelId, modelVersions } = request;
      requireBatch("model_versions", modelVersions.length);
      const app = await resolveApp(engine, userAppId);
      await engine.models.require(app, modelId);
      const json = at(call.json, "model_versions");
      const changed: ModelVersion[] = [];
      for (const [i, version] of modelVersions.entries()) {
        const change = toNewVersion(version, Array.isArray(json) ? json[i] : undefined);
        if (change.concepts ?? change.dataset) {
          throw new AppError(
            "model_argument",
            `Expected no concepts and no dataset for version ${version.id} but received some: what a version learns from is set when it is made.`,
          );
        }
        changed.push(await engine.models.changeVersion(app, modelId, version.id, change));
      }
      return { status: OK, modelVersions: changed.map((version) => toVersion(app, version)) };
    },

    async deleteModelVersion({ userAppId, modelId, versionId }) {
      const app = await resolveApp(engine, userAppId);
      if (!(await engine.models.deleteVersion(app, modelId, versionId))) {
        throw noSuchVersion(modelId, versionId);
      }
      return { status: OK };
    },

    async postModelVersionMetrics({ userAppId, modelId, versionId }) {
      const app = await resolveApp(engine, userAppId);
      const version = await engine.models.evaluate(app, modelId, versionId);
      return { status: OK, modelVersion: toVersion(app, version) };
    },

    async getModelVersionMetrics({ userAppId, modelId, versionId }) {
      const app = await resolveApp(engine, userAppId);
      const version = await engine.models.version(app, modelId, versionId);
      if (version === undefined) throw noSuchVersion(modelId, versionId);
      const metrics = toFullMetrics(app, version.metrics);
      return { status: OK, modelVersion: { ...toVersion(app, version), metrics } };
    },
  };
}

type Own = { readonly app: App; readonly model: Model; readonly version: ModelVersion | undefined };

function required({ model, version }: Own, versionId: string): ModelVersion {
  if (version !== undefined) return version;
  throw noSuchVersion(model.id, versionId);
}

function onlyVersion({ modelVersions }: PostModelVersionsRequest, json: unknown) {
  if (modelVersions.length > 1) {
    throw new AppError(
      "invalid_request",
      `Expected one version in model_versions but received ${modelVersions.length}.`,
    );
  }
  const all = at(json, "model_versions");
  return { given: modelVersions[0], json: Array.isArray(all) ? all[0] : undefined };
}

function isWanted(
  { statusCode, concepts }: ModelVersion,
  wanted: { readonly trainedOnly: boolean; readonly conceptIds: readonly string[] },
): boolean {
  const hasConcepts = wanted.conceptIds.every((id) =>
    concepts.some((concept) => concept.id === id),
  );
  return hasConcepts && (!wanted.trainedOnly || statusCode === MODEL_STATUS.trained);
}
