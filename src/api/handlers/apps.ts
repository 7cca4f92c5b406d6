// Apps: make, get, list, find, change, rename, delete.
import { create } from "@bufbuild/protobuf";
import {
  type App,
  AppExtraInfoSchema,
  type UserAppIDSet,
  Visibility_Gettable,
} from "#proto/api/resources_pb";
import type { ListAppsRequest } from "#proto/api/service_pb";
import type { Engine } from "../../engine/engine.ts";
import type { AppRecord } from "../../engine/library/apps.ts";
import { noSuchId } from "../../engine/library/ids.ts";
import { AppError } from "../../errors.ts";
import { OK } from "../status.ts";
import { callerName, isDefaultApp, isMain, MAIN, OWNER, resolveApp } from "./app.ts";
import { type AppPatch, toAppChange } from "./app-changes.ts";
import { requireBatch } from "./batch.ts";
import type { Handlers } from "./handlers.ts";
import { EVERYTHING, listed } from "./listing.ts";
import { toWindow } from "./pagination.ts";
import { requireOverwrite } from "./patch-body.ts";
import { toResourceCounts } from "./resource-counts.ts";
import { mainApp, toApp, toNewApp } from "./to-app.ts";

export function appHandlers(engine: Engine): Handlers {
  return {
    async postApps({ userAppId, apps }) {
      requireOwn(userAppId);
      requireBatch("apps", apps.length);
      const created = await engine.apps.createAll(OWNER, apps.map(toNewApp));
      return { status: OK, apps: created.map((app) => toApp(app, callerName(userAppId))) };
    },

    async getApp({ userAppId, additionalFields }) {
      if (isMain(userAppId)) return { status: OK, app: mainApp(userAppId?.appId ?? "") };
      const { id } = await resolveApp(engine, userAppId);
      const app = await recordOf(engine, id);
      const message = toApp(app, callerName(userAppId));
      if (additionalFields.some((field) => field === "counts" || field === "all")) {
        const counts = await toResourceCounts(engine, app);
        message.extraInfo = create(AppExtraInfoSchema, { counts });
      }
      return { status: OK, app: message };
    },

    async listApps(request) {
      const { userAppId } = request;
      if (isMain(userAppId)) return { status: OK, apps: request.page > 1 ? [] : [mainApp("")] };
      const apps = await findApps(engine, request);
      return { status: OK, apps: apps.map((app) => toApp(app, callerName(userAppId))) };
    },

    async postAppsSearches({ userAppId, appQuery, pagination }) {
      const all = isMain(userAppId) ? [] : await engine.apps.list(OWNER, EVERYTHING);
      const by = { search: "", name: appQuery?.name ?? "", sortBy: {}, sortAscending: false };
      const found = listed(all, { ...toWindow(pagination), ...by });
      return { status: OK, apps: found.map((app) => toApp(app, callerName(userAppId))) };
    },

    async patchApps({ userAppId, apps, action, metadataAction }) {
      const patches = apps.map((app) => ({ app, action, metadataAction }));
      return { status: OK, apps: await patchAll(engine, userAppId, patches) };
    },

    async patchAppsDetails({ userAppId, apps, action }) {
      const patches = apps.map((app) => ({ app, action }));
      return { status: OK, apps: await patchAll(engine, userAppId, patches) };
    },

    async patchApp({ userAppId, app, action, metadataAction }) {
      const patches = app === undefined ? [] : [{ app, action, metadataAction }];
      const [patched] = await patchAll(engine, userAppId, patches);
      return { status: OK, ...(patched && { app: patched }) };
    },

    async patchAppsIds({ userAppId, ids, action }) {
      requireOwn(userAppId);
      requireBatch("ids", ids.length);
      requireOverwrite(action);
      const changes = [];
      for (const { id, newId } of ids) {
        const app = await recordOf(engine, id);
        requireRenamable(app);
        changes.push({ app, change: { id: newId } });
      }
      const renamed = await engine.apps.updateAll(changes);
      return { status: OK, apps: renamed.map((app) => toApp(app, callerName(userAppId))) };
    },

    async deleteApp({ userAppId }) {
      await engine.deleteApp(await resolveApp(engine, userAppId));
      return { status: OK };
    },

    async getResourceCounts({ userAppId }) {
      const app = await resolveApp(engine, userAppId);
      return { status: OK, ...(await toResourceCounts(engine, app)) };
    },
  };
}

function requireOwn(named: UserAppIDSet | undefined): void {
  if (!isMain(named)) return;
  const { appId } = named ?? {};
  if (appId && appId !== MAIN.id) throw noSuchId(appId, "an app");
  throw new AppError(
    "forbidden",
    `Expected a user of your own for user_app_id but received ${MAIN.userId}, whose apps nobody can change.`,
  );
}

async function recordOf(engine: Engine, id: string): Promise<AppRecord> {
  const app = await engine.apps.get(OWNER, id);
  if (app === undefined) throw noSuchId(id, "an app");
  return app;
}

async function findApps(engine: Engine, request: ListAppsRequest): Promise<AppRecord[]> {
  // Nobody features or stars apps here.
  if (request.featuredOnly || request.starredOnly) return [];
  const pattern = request.id === "" ? {} : { pattern: request.id };
  const all = await engine.apps.list(OWNER, { ...EVERYTHING, ...pattern });
  const wanted = all.filter((app) => isWanted(toApp(app, OWNER), request));
  const { name, sortBy, sortAscending } = request;
  const search = `${request.search} ${request.query}`.trim();
  return listed(wanted, { ...toWindow(request), search, name, sortBy, sortAscending });
}

function isWanted(app: App, { templateOnly, visibility }: ListAppsRequest): boolean {
  if (templateOnly && app.isTemplate !== true) return false;
  const gettable = visibility?.gettable ?? Visibility_Gettable.UNKNOWN_VISIBILITY;
  return gettable === 0 || app.visibility?.gettable === gettable;
}

// All are looked up before the first one changes.
async function patchAll(
  engine: Engine,
  userAppId: UserAppIDSet | undefined,
  patches: readonly AppPatch[],
): Promise<App[]> {
  requireOwn(userAppId);
  requireBatch("apps", patches.length);
  const changes = [];
  for (const patch of patches) {
    const app = await recordOf(engine, patchedId(userAppId, patch.app));
    changes.push({ app, change: toAppChange(app, patch) });
  }
  const patched = await engine.apps.updateAll(changes);
  return patched.map((app) => toApp(app, callerName(userAppId)));
}

// The app stands in the message, in the path, or in both.
function patchedId(userAppId: UserAppIDSet | undefined, { id }: App): string {
  const inPath = userAppId?.appId ?? "";
  if (inPath === "" || id === "" || id === inPath) return id || inPath;
  throw new AppError(
    "invalid_request",
    `Expected ${inPath}, as in user_app_id, for the app's id but received ${id}. PatchAppsIds renames an app.`,
  );
}

function requireRenamable(app: AppRecord): void {
  if (!isDefaultApp(app)) return;
  throw new AppError(
    "invalid_request",
    `Expected another app than the default one to rename but received ${app.id}.`,
  );
}
