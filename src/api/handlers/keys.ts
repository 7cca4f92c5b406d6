// Keys and what they may do. There is one key, set where the server is started, and it may do everything.
import { getOption } from "@bufbuild/protobuf";
import { V2 } from "#proto/api/service_pb";
import {
  clarfai_exposed,
  clarifai_depending_scopes,
  type S,
  SSchema,
} from "#proto/auth/scope/scope_pb";
import { cl_depending_scopes } from "#proto/auth/util/extension_pb";
import type { Engine } from "../../engine/engine.ts";
import { AppError } from "../../errors.ts";
import { OK } from "../status.ts";
import { callerName, isMain, OWNER, resolveApp } from "./app.ts";
import type { Handlers } from "./handlers.ts";
import { mainApp, toApp } from "./to-app.ts";

export function keyHandlers(engine: Engine): Handlers {
  return {
    async myScopes({ userAppId }) {
      if (isMain(userAppId)) {
        return { status: OK, ...everything(), app: mainApp(userAppId?.appId ?? "") };
      }
      const { id } = await resolveApp(engine, userAppId);
      const app = await engine.apps.get(OWNER, id);
      return {
        status: OK,
        ...everything(),
        ...(app && { app: toApp(app, callerName(userAppId)) }),
      };
    },

    myScopesUser: async () => ({ status: OK, ...everything() }),
    myScopesRoot: async () => ({ status: OK, ...everything() }),

    async listScopes() {
      return {
        status: OK,
        scopeDeps: exposed().map((value) => ({
          scope: value.name,
          dependingScopes: toNames(getOption(value, clarifai_depending_scopes)),
        })),
        endpointDeps: V2.methods.map((method) => ({
          endpoint: endpointOf(method),
          dependingScopes: toNames(getOption(method, cl_depending_scopes)),
        })),
      };
    },

    listKeys: refuse,
    listAppKeys: refuse,
    getKey: refuse,
    postKeys: refuse,
    patchKeys: refuse,
    deleteKey: refuse,
  };
}

function everything() {
  return { scopes: exposed().map(({ name }) => name), endpoints: V2.methods.map(endpointOf) };
}

function exposed() {
  return SSchema.values.filter((value) => getOption(value, clarfai_exposed) && !value.deprecated);
}

function endpointOf(method: { readonly name: string }): string {
  return `/${V2.typeName}/${method.name}`;
}

function toNames(scopes: readonly S[]): string[] {
  return scopes.map((scope) => SSchema.value[scope]?.name ?? String(scope));
}

async function refuse(): Promise<never> {
  throw new AppError(
    "unimplemented",
    "Expected no call for keys but received one: the server has one key, which SEMBLANCE_KEY sets where it is started.",
  );
}
