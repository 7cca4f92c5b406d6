// Annotation filters: searches that say which annotations of a dataset count. They are kept, not applied.
import type { MessageShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type AnnotationFilter, AnnotationFilterSchema } from "#proto/api/resources_pb";
import type { App, Engine } from "../../engine/engine.ts";
import { newId, noSuchId } from "../../engine/library/ids.ts";
import type { StoredRecord } from "../../engine/library/records.ts";
import { OK } from "../status.ts";
import { resolveApp } from "./app.ts";
import { requireBatch } from "./batch.ts";
import { fromBody, toBody } from "./body.ts";
import type { Handlers } from "./handlers.ts";
import { toWindow } from "./pagination.ts";
import { requireOverwrite } from "./patch-body.ts";

const OURS = new Set(["id", "appId", "userId", "createdAt", "modifiedAt"]);
const KIND = "annotation-filter";

export function annotationFilterHandlers(engine: Engine): Handlers {
  return {
    async postAnnotationFilters({ userAppId, annotationFilters }) {
      requireBatch("annotation_filters", annotationFilters.length);
      const app = await resolveApp(engine, userAppId);
      const records = annotationFilters.map((filter) => ({
        key: { kind: KIND, id: filter.id || newId() } as const,
        body: toKept(filter),
      }));
      const created = await engine.records.createAll(app, records);
      return { status: OK, annotationFilters: created.map((record) => toFilter(app, record)) };
    },

    async getAnnotationFilter({ userAppId, annotationFilterId }) {
      const app = await resolveApp(engine, userAppId);
      const record = await find(engine, app, annotationFilterId);
      return { status: OK, annotationFilter: toFilter(app, record) };
    },

    async listAnnotationFilters(request) {
      const app = await resolveApp(engine, request.userAppId);
      const found = await engine.records.list(app, { kind: KIND }, toWindow(request));
      return { status: OK, annotationFilters: found.map((record) => toFilter(app, record)) };
    },

    async patchAnnotationFilters({ userAppId, annotationFilters, action }) {
      requireBatch("annotation_filters", annotationFilters.length);
      requireOverwrite(action);
      const app = await resolveApp(engine, userAppId);
      const changes = [];
      for (const patch of annotationFilters) {
        const { id, body } = await find(engine, app, patch.id);
        changes.push({ id, body: { ...body, ...toKept(patch) } });
      }
      const updated: StoredRecord[] = [];
      for (const { id, body } of changes) {
        updated.push(await engine.records.update(app, { kind: KIND, id }, body));
      }
      return { status: OK, annotationFilters: updated.map((record) => toFilter(app, record)) };
    },

    async deleteAnnotationFilters({ userAppId, annotationFilterIds: ids }) {
      const app = await resolveApp(engine, userAppId);
      const deleted = await engine.records.delete(app, { kind: KIND }, ids);
      if (deleted === 0 && ids.length > 0) throw noSuchId(ids.join(", "), "an annotation filter");
      return { status: OK };
    },
  };
}

async function find(engine: Engine, app: App, id: string): Promise<StoredRecord> {
  const record = await engine.records.get(app, { kind: KIND, id });
  if (record === undefined) throw noSuchId(id, "an annotation filter");
  return record;
}

function toKept(filter: AnnotationFilter) {
  return toBody(AnnotationFilterSchema, filter, OURS);
}

function toFilter(app: App, record: StoredRecord): MessageShape<typeof AnnotationFilterSchema> {
  return {
    ...fromBody(AnnotationFilterSchema, record.body),
    id: record.id,
    appId: app.id,
    userId: app.userId,
    createdAt: timestampFromDate(record.createdAt),
    modifiedAt: timestampFromDate(record.modifiedAt),
  };
}
