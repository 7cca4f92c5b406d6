// Models: make, get, list, find, change, delete. Those of clarifai/main can be read from every app.
import type { MessageShape } from "@bufbuild/protobuf";
import type { ModelSchema } from "#proto/api/resources_pb";
import type { PostModelsRequest } from "#proto/api/service_pb";
import type { Concept, Engine } from "../../engine/engine.ts";
import { noSuchModel } from "../../engine/training/model-errors.ts";
import type { Model } from "../../engine/training/model-record.ts";
import type { ChangeAction } from "../../engine/training/model-setup.ts";
import { AppError } from "../../errors.ts";
import { OK } from "../status.ts";
import { resolveApp } from "./app.ts";
import { requireBatch } from "./batch.ts";
import { at, toModelChange } from "./from-model.ts";
import type { Handlers } from "./handlers.ts";
import type { BaseModel } from "./main-app.ts";
import { listModels, searchModels } from "./model-lists.ts";
import { findModel, type NamedModel } from "./named-model.ts";
import { toWindow } from "./pagination.ts";
import { toConcept } from "./to-concept.ts";
import { toInputs } from "./to-input.ts";
import { ownConcept, toBaseModel, toModel } from "./to-model.ts";

type Message = MessageShape<typeof ModelSchema>;

const ACTIONS: readonly ChangeAction[] = ["merge", "overwrite", "remove"];

export function modelHandlers(engine: Engine): Handlers {
  return {
    async postModels(request, call) {
      const app = await resolveApp(engine, request.userAppId);
      const { given, json } = onlyModel(request, call.json);
      const { id, modelTypeId } = given;
      const model = await engine.models.create(app, {
        ...toModelChange(given, json),
        ...(id !== "" && { id }),
        ...(modelTypeId !== "" && { typeId: modelTypeId }),
      });
      return { status: OK, model: toModel(app, model) };
    },

    async getModel({ userAppId, modelId, versionId }) {
      const named = await findModel(engine, userAppId, modelId, versionId);
      return { status: OK, model: toMessage(named, modelId) };
    },

    async getModelOutputInfo({ userAppId, modelId, versionId }) {
      const named = await findModel(engine, userAppId, modelId, versionId);
      const model =
        named.kind === "own"
          ? toMessage(named, modelId)
          : toBaseModel(named.base, modelId, named.versionId, await conceptsOf(engine, named));
      return { status: OK, model };
    },

    async listModels(request) {
      return { status: OK, models: await listModels(engine, request) };
    },

    async postModelsSearches(request) {
      return { status: OK, models: await searchModels(engine, request) };
    },

    async patchModels(request, call) {
      const { models, userAppId } = request;
      requireBatch("models", models.length);
      const action = toAction(request.action);
      const app = await resolveApp(engine, userAppId);
      for (const { id } of models) await engine.models.require(app, id);
      const json = at(call.json, "models");
      const changed: Model[] = [];
      for (const [i, model] of models.entries()) {
        const change = toModelChange(model, Array.isArray(json) ? json[i] : undefined);
        changed.push(await engine.models.change(app, model.id, change, action));
      }
      return { status: OK, models: changed.map((model) => toModel(app, model)) };
    },

    async deleteModel({ userAppId, modelId }) {
      const app = await resolveApp(engine, userAppId);
      if ((await engine.models.delete(app, [modelId])) === 0) throw noSuchModel(modelId);
      return { status: OK };
    },

    async deleteModels({ userAppId, ids, deleteAll }) {
      const app = await resolveApp(engine, userAppId);
      if (deleteAll && ids.length > 0) {
        throw new AppError("invalid_request", "Expected ids or delete_all but received both.");
      }
      if (deleteAll || ids.length > 0) {
        await engine.models.delete(app, deleteAll ? undefined : ids);
      }
      return { status: OK };
    },

    async listModelConcepts(request) {
      const named = await findModel(engine, request.userAppId, request.modelId, request.versionId);
      const { offset, limit } = toWindow(request);
      const concepts =
        named.kind === "own"
          ? (named.version?.concepts ?? []).map((concept) => ownConcept(named.app, concept))
          : (await conceptsOf(engine, named)).map((concept) => toConcept(concept));
      return { status: OK, concepts: concepts.slice(offset, offset + limit) };
    },

    // What a model learns from: the inputs that carry one of its concepts now, as people say.
    async listModelInputs(request, call) {
      const { userAppId, modelId, versionId } = request;
      const named = await findModel(engine, userAppId, modelId, versionId);
      const window = toWindow(request);
      const concepts = named.kind === "own" ? (named.version?.concepts ?? []) : [];
      if (named.kind === "base" || concepts.length === 0) return { status: OK, inputs: [] };
      const { app } = named;
      const anyOf = concepts.map(({ id }) => ({
        kind: "concept" as const,
        id,
        name: "",
        isPresent: true,
      }));
      const filters = [{ anyOf, annotation: { isTrusted: true } }];
      const asked = { ranks: [], filters, ...window };
      const { hits } = await engine.search(app, asked, call.signal);
      const found = hits.map(({ input }) => input);
      return { status: OK, inputs: await toInputs(engine, app, found, call.baseUrl) };
    },
  };
}

/** The model by the id that the caller used. */
export function toMessage(named: NamedModel, asked: string): Message {
  return named.kind === "own"
    ? toModel(named.app, named.model, named.version)
    : toBaseModel(named.base, asked, named.versionId);
}

async function conceptsOf(
  engine: Engine,
  { base }: { readonly base: BaseModel },
): Promise<readonly Concept[]> {
  return base.task === "recognize" ? engine.predict.known(base.sections) : [];
}

// Old clients send `model`, new ones `models`; the answer has room for one.
function onlyModel({ model, models }: PostModelsRequest, json: unknown) {
  const [first, ...others] = models;
  const given = first ?? model;
  if (given === undefined || others.length > 0) {
    throw new AppError(
      "invalid_request",
      `Expected one model in models but received ${models.length}.`,
    );
  }
  const all = at(json, "models");
  return { given, json: first && Array.isArray(all) ? all[0] : at(json, "model") };
}

function toAction(action: string): ChangeAction {
  const known = ACTIONS.find((each) => each === (action || "merge"));
  if (known !== undefined) return known;
  throw new AppError(
    "invalid_request",
    `Expected merge, overwrite or remove for action but received ${JSON.stringify(action)}.`,
  );
}
