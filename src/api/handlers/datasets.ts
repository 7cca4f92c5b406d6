// Datasets: make, get, list, change, delete. A batch is made or changed as a whole or not at all.
import type { ListDatasetsRequest } from "#proto/api/service_pb";
import type { App, Engine } from "../../engine/engine.ts";
import type { Dataset } from "../../engine/library/datasets.ts";
import { noSuchId } from "../../engine/library/ids.ts";
import { OK } from "../status.ts";
import { resolveApp } from "./app.ts";
import { requireBatch } from "./batch.ts";
import type { Handlers } from "./handlers.ts";
import { EVERYTHING, listed } from "./listing.ts";
import { toWindow } from "./pagination.ts";
import { patchBody } from "./patch-body.ts";
import { fromDataset, toDatasetDetails } from "./to-dataset.ts";

export function datasetHandlers(engine: Engine): Handlers {
  return {
    async postDatasets({ userAppId, datasets }) {
      requireBatch("datasets", datasets.length);
      const app = await resolveApp(engine, userAppId);
      const given = datasets.map((dataset) => ({
        id: dataset.id,
        details: toDatasetDetails(dataset),
      }));
      const created = await engine.datasets.createAll(app, given);
      return { status: OK, datasets: created.map((dataset) => fromDataset(app, dataset)) };
    },

    async getDataset({ userAppId, datasetId }) {
      const app = await resolveApp(engine, userAppId);
      const dataset = await findDataset(engine, app, datasetId);
      return { status: OK, dataset: await withLatest(engine, app, dataset) };
    },

    async listDatasets(request) {
      const app = await resolveApp(engine, request.userAppId);
      const found = await find(engine, app, request);
      const datasets = found.map((dataset) => withLatest(engine, app, dataset));
      return { status: OK, datasets: await Promise.all(datasets) };
    },

    async patchDatasets({ userAppId, datasets, action }) {
      requireBatch("datasets", datasets.length);
      const app = await resolveApp(engine, userAppId);
      const changes = [];
      for (const patch of datasets) {
        const { id, details } = await findDataset(engine, app, patch.id);
        changes.push({ id, details: patchBody(details, toDatasetDetails(patch), action) });
      }
      const updated = await engine.datasets.updateAll(app, changes);
      return { status: OK, datasets: updated.map((dataset) => fromDataset(app, dataset)) };
    },

    async deleteDatasets({ userAppId, datasetIds }) {
      const app = await resolveApp(engine, userAppId);
      const deleted = await engine.datasets.delete(app, datasetIds);
      if (deleted === 0 && datasetIds.length > 0) {
        throw noSuchId(datasetIds.join(", "), "a dataset");
      }
      return { status: OK };
    },
  };
}

/** @throws AppError "not_found" */
export async function findDataset(engine: Engine, app: App, id: string): Promise<Dataset> {
  const dataset = await engine.datasets.get(app, id);
  if (dataset === undefined) throw noSuchId(id, "a dataset");
  return dataset;
}

async function withLatest(engine: Engine, app: App, dataset: Dataset) {
  const page = { offset: 0, limit: 1 };
  const [latest] = await engine.datasets.versions.list(app, dataset, page);
  return fromDataset(app, dataset, latest);
}

async function find(
  engine: Engine,
  app: App,
  request: ListDatasetsRequest,
): Promise<readonly Dataset[]> {
  // Nobody stars or bookmarks datasets here.
  if (request.starredOnly || request.bookmark) return [];
  const pattern = request.id === "" ? {} : { pattern: `*${request.id}*` };
  const all = await engine.datasets.list(app, { ...EVERYTHING, ...pattern });
  const { search, sortBy, sortAscending } = request;
  return listed(all, { ...toWindow(request), search, name: "", sortBy, sortAscending });
}
