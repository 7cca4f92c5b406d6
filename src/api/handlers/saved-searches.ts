// Saved searches: the whole Search message is kept and comes back as it was. Beside it stands what its hits are.
import { type MessageShape, merge } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type Search, SearchSchema } from "#proto/api/resources_pb";
import type { PatchSearchesRequest } from "#proto/api/service_pb";
import type { App, Engine, Json } from "../../engine/engine.ts";
import { newId, noSuchId } from "../../engine/library/ids.ts";
import type { StoredRecord } from "../../engine/library/records.ts";
import { AppError } from "../../errors.ts";
import { OK } from "../status.ts";
import { resolveApp } from "./app.ts";
import { requireBatch } from "./batch.ts";
import { fromBody, toBody } from "./body.ts";
import type { Handlers } from "./handlers.ts";
import { toWindow } from "./pagination.ts";

/** What a search finds. */
export type HitsAre = "inputs" | "annotations";

const OURS = new Set(["id", "applicationId", "createdAt", "modifiedAt"]);

export function savedSearchHandlers(engine: Engine): Handlers {
  const patch = async ({ userAppId, searches, action }: PatchRequest) => {
    requireBatch("searches", searches.length);
    const app = await resolveApp(engine, userAppId);
    return { status: OK, searches: await patchSearches(engine, app, searches, action) };
  };
  return {
    async getSearch({ userAppId, id }) {
      const app = await resolveApp(engine, userAppId);
      const { search } = await savedSearch(engine, app, id);
      return { status: OK, search };
    },

    async listSearches(request) {
      const app = await resolveApp(engine, request.userAppId);
      const found = await engine.records.list(app, { kind: "search" }, toWindow(request));
      return { status: OK, searches: found.map((record) => toSearch(app, record)) };
    },

    // Those of inputs and of annotations have ids of one kind.
    patchSearches: patch,
    patchInputsSearches: patch,
    patchAnnotationsSearches: patch,

    async deleteSearch({ userAppId, id }) {
      const app = await resolveApp(engine, userAppId);
      const deleted = await engine.records.delete(app, { kind: "search" }, [id]);
      if (deleted === 0) throw noSuchSearch(id);
      return { status: OK };
    },
  };
}

/** Keeps a search, under a generated id if it has none. @throws AppError "id_exists", "invalid_request" for an id that
 *  is no id */
export async function saveSearch(
  engine: Engine,
  app: App,
  search: Search,
  hitsAre: HitsAre,
): Promise<Search> {
  const key = { kind: "search", id: search.id || newId() } as const;
  return toSearch(app, await engine.records.create(app, key, { ...toKept(search), hitsAre }));
}

/** @throws AppError "not_found" */
export async function savedSearch(
  engine: Engine,
  app: App,
  id: string,
): Promise<{ readonly search: Search; readonly hitsAre: HitsAre }> {
  const record = await engine.records.get(app, { kind: "search", id });
  if (record === undefined) throw noSuchSearch(id);
  const hitsAre = record.body.hitsAre === "annotations" ? "annotations" : "inputs";
  return { search: toSearch(app, record), hitsAre };
}

type PatchRequest = Pick<PatchSearchesRequest, "userAppId" | "searches" | "action">;

// All are looked up before the first one changes.
async function patchSearches(
  engine: Engine,
  app: App,
  patches: readonly Search[],
  action: string,
): Promise<Search[]> {
  const changes: { id: string; body: Json }[] = [];
  for (const patch of patches) {
    const { search, hitsAre } = await savedSearch(engine, app, patch.id);
    changes.push({ id: patch.id, body: { ...patched(search, patch, action), hitsAre } });
  }
  const searches: Search[] = [];
  for (const { id, body } of changes) {
    searches.push(toSearch(app, await engine.records.update(app, { kind: "search", id }, body)));
  }
  return searches;
}

// "overwrite" sets the fields that the patch has; "merge" merges as protobuf does: lists grow.
function patched(old: Search, patch: Search, action: string): Json {
  if (action === "" || action === "overwrite") return { ...toKept(old), ...toKept(patch) };
  if (action !== "merge") {
    throw new AppError(
      "invalid_request",
      `Expected overwrite or merge for action but received ${JSON.stringify(action)}.`,
    );
  }
  merge(SearchSchema, old, patch);
  return toKept(old);
}

function toKept(search: Search): Json {
  return toBody(SearchSchema, search, OURS);
}

function toSearch(app: App, record: StoredRecord): MessageShape<typeof SearchSchema> {
  return {
    ...fromBody(SearchSchema, record.body),
    id: record.id,
    applicationId: app.id,
    createdAt: timestampFromDate(record.createdAt),
    modifiedAt: timestampFromDate(record.modifiedAt),
  };
}

function noSuchSearch(id: string): AppError {
  return noSuchId(id, "a saved search");
}
