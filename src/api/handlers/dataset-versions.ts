// Versions of datasets: freeze, get, list, change, delete.
import { type DatasetVersion, DatasetVersionRequestOrigin } from "#proto/api/resources_pb";
import type { App, Engine } from "../../engine/engine.ts";
import type { Dataset } from "../../engine/library/datasets.ts";
import { newId, noSuchId } from "../../engine/library/ids.ts";
import { OK } from "../status.ts";
import { resolveApp } from "./app.ts";
import { requireBatch } from "./batch.ts";
import { findDataset } from "./datasets.ts";
import type { Handlers } from "./handlers.ts";
import { toWindow } from "./pagination.ts";
import { patchBody, requireOverwrite } from "./patch-body.ts";
import { fromVersion, toVersionDetails } from "./to-dataset.ts";

export function datasetVersionHandlers(engine: Engine): Handlers {
  return {
    async postDatasetVersions({ userAppId, datasetId, datasetVersions }) {
      requireBatch("dataset_versions", datasetVersions.length);
      const app = await resolveApp(engine, userAppId);
      const dataset = await findDataset(engine, app, datasetId);
      const given = datasetVersions.map((version) => toNewVersion(dataset, version));
      const created = await engine.datasets.versions.create(app, dataset, given);
      return {
        status: OK,
        datasetVersions: created.map((version) => fromVersion(app, dataset, version)),
      };
    },

    async getDatasetVersion({ userAppId, datasetId, datasetVersionId }) {
      const app = await resolveApp(engine, userAppId);
      const dataset = await findDataset(engine, app, datasetId);
      const version = await findVersion(engine, app, dataset, datasetVersionId);
      return { status: OK, datasetVersion: fromVersion(app, dataset, version) };
    },

    async listDatasetVersions(request) {
      const app = await resolveApp(engine, request.userAppId);
      const dataset = await findDataset(engine, app, request.datasetId);
      const { requestOrigins } = request;
      // People make all versions here.
      const isNone =
        requestOrigins.length > 0 && !requestOrigins.includes(DatasetVersionRequestOrigin.MANUAL);
      const found = isNone
        ? []
        : await engine.datasets.versions.list(app, dataset, toWindow(request));
      return {
        status: OK,
        datasetVersions: found.map((version) => fromVersion(app, dataset, version)),
      };
    },

    async patchDatasetVersions({ userAppId, datasetId, datasetVersions, action }) {
      requireBatch("dataset_versions", datasetVersions.length);
      requireOverwrite(action);
      const app = await resolveApp(engine, userAppId);
      const dataset = await findDataset(engine, app, datasetId);
      const changes = [];
      for (const patch of datasetVersions) {
        const { id, details } = await findVersion(engine, app, dataset, patch.id);
        changes.push({ id, details: patchBody(details, toVersionDetails(patch), action) });
      }
      const updated = await engine.datasets.versions.update(app, dataset, changes);
      return {
        status: OK,
        datasetVersions: updated.map((version) => fromVersion(app, dataset, version)),
      };
    },

    async deleteDatasetVersions({ userAppId, datasetId, datasetVersionIds }) {
      const app = await resolveApp(engine, userAppId);
      const dataset = await findDataset(engine, app, datasetId);
      const deleted = await engine.datasets.versions.delete(app, dataset, datasetVersionIds);
      if (deleted === 0 && datasetVersionIds.length > 0) {
        throw noSuchId(datasetVersionIds.join(", "), "a dataset version");
      }
      return { status: OK };
    },
  };
}

// As at Clarifai, what is not said about processing is taken from the dataset as it is now.
function toNewVersion({ details }: Dataset, version: DatasetVersion) {
  const processingInfo = details.defaultProcessingInfo;
  return {
    id: version.id || newId(),
    details: {
      ...(processingInfo !== undefined && { processingInfo }),
      ...toVersionDetails(version),
    },
  };
}

async function findVersion(engine: Engine, app: App, dataset: Dataset, id: string) {
  const version = await engine.datasets.versions.get(app, dataset, id);
  if (version === undefined) throw noSuchId(id, `a version of dataset ${dataset.id}`);
  return version;
}
