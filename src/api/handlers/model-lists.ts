// Lists of models, by what list and search requests ask for.
import type { MessageShape } from "@bufbuild/protobuf";
import type { ModelSchema, UserAppIDSet } from "#proto/api/resources_pb";
import type { ListModelsRequest, PostModelsSearchesRequest } from "#proto/api/service_pb";
import type { Engine } from "../../engine/engine.ts";
import { isMain, resolveApp } from "./app.ts";
import { EVERYTHING, type Listing, listed } from "./listing.ts";
import { BASE_MODELS, BASE_SINCE } from "./main-app.ts";
import { toWindow } from "./pagination.ts";
import { toBaseModel, toModel } from "./to-model.ts";

type Message = MessageShape<typeof ModelSchema>;

export async function listModels(engine: Engine, request: ListModelsRequest): Promise<Message[]> {
  // Nobody stars or bookmarks models here.
  if (request.starredOnly || request.bookmark) return [];
  const { userAppId, modelTypeId, sortBy, sortAscending, search } = request;
  const listing = {
    ...toWindow(request),
    // Two older fields for what `search` is now.
    search: [search, request.query].filter(Boolean).join(" "),
    name: request.name,
    sortBy,
    sortAscending,
  };
  if (isMain(userAppId)) return listBase(listing, modelTypeId);
  return listOwn(engine, userAppId, listing, modelTypeId, request.trainedOnly);
}

/** Models whose id, name or notes match: the app's own, then those of clarifai/main. */
export async function searchModels(
  engine: Engine,
  { userAppId, modelQuery, pagination }: PostModelsSearchesRequest,
): Promise<Message[]> {
  const { name = "", modelTypeId = "" } = modelQuery ?? {};
  const { offset, limit } = toWindow(pagination);
  const end = offset + limit;
  const listing = { offset: 0, limit: end, name, search: "", sortBy: {}, sortAscending: false };
  const own = isMain(userAppId) ? [] : await listOwn(engine, userAppId, listing, modelTypeId);
  return [...own, ...listBase(listing, modelTypeId)].slice(offset, end);
}

async function listOwn(
  engine: Engine,
  named: UserAppIDSet | undefined,
  listing: Listing,
  typeId: string,
  isTrainedOnly = false,
): Promise<Message[]> {
  const app = await resolveApp(engine, named);
  const all = await engine.models.list(app, EVERYTHING);
  const trained = isTrainedOnly ? await engine.models.trained(app) : [];
  const isTrained = new Set(trained.map(({ modelId }) => modelId));
  const rows = all
    .filter((model) => typeId === "" || model.typeId === typeId)
    .filter((model) => !isTrainedOnly || isTrained.has(model.id))
    .map((model, row) => ({
      ...model,
      row,
      model,
      details: { ...model.details, name: model.name },
    }));
  return listed(rows, listing).map(({ model }) => toModel(app, model));
}

// In their own order, whatever the listing says.
function listBase(listing: Listing, typeId: string): Message[] {
  const rows = BASE_MODELS.filter((base) => typeId === "" || base.typeId === typeId).map(
    (base, row) => ({
      row: -row,
      id: base.id,
      base,
      details: { description: base.description, notes: base.legacyId ?? "" },
      createdAt: BASE_SINCE,
      modifiedAt: BASE_SINCE,
    }),
  );
  return listed(rows, { ...listing, sortBy: {}, sortAscending: false }).map(({ base }) =>
    toBaseModel(base),
  );
}
