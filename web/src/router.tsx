// Addresses of the Portal. What stands after "?" is parsed by address.ts alone.
import { createRootRoute, createRoute, createRouter, redirect } from "@tanstack/react-router";
import { type ComponentType, lazy } from "react";
import { type Address, fromSearchString, toSearchString } from "./address.ts";
import { AppScope } from "./app-scope.tsx";
import { Missing, Stumbled } from "./frame/notice.tsx";
import { InputsPage } from "./grid/inputs-page.tsx";
import { lastAppId } from "./last-app.ts";
import { EVERYTHING } from "./query.ts";

const page = {
  concepts: lazyPage(() => import("./concepts/concepts-page.tsx"), "ConceptsPage"),
  models: lazyPage(() => import("./models/models-page.tsx"), "ModelsPage"),
  model: lazyPage(() => import("./models/model-page.tsx"), "ModelPage"),
  datasets: lazyPage(() => import("./datasets/datasets-page.tsx"), "DatasetsPage"),
  saved: lazyPage(() => import("./saved/saved-page.tsx"), "SavedPage"),
  explore: lazyPage(() => import("./explore/explore-page.tsx"), "ExplorePage"),
  copies: lazyPage(() => import("./explore/copies-page.tsx"), "CopiesPage"),
  settings: lazyPage(() => import("./settings/settings-page.tsx"), "SettingsPage"),
  failed: lazyPage(() => import("./failed/failed-page.tsx"), "FailedPage"),
};

/** A page that loads when it is first opened. */
function lazyPage<Name extends string>(
  load: () => Promise<Record<Name, ComponentType>>,
  name: Name,
) {
  return lazy(async () => ({ default: (await load())[name] }));
}

const root = createRootRoute({ notFoundComponent: Missing });
const app = createRoute({
  getParentRoute: () => root,
  path: "apps/$appId",
  component: AppScope,
  notFoundComponent: Missing,
});

// Already an Address: the router calls this with what parseSearch returned.
const validateSearch = (search: Record<string, unknown>) => search as Address;

const toInputs = (search: Address) =>
  redirect({
    to: "/apps/$appId/inputs",
    params: { appId: lastAppId() },
    search,
    replace: true,
  });

// "/" and the address that the inputs of the default app used to have.
const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw toInputs({ query: EVERYTHING });
  },
});
const oldInputs = createRoute({
  getParentRoute: () => root,
  path: "/inputs",
  validateSearch,
  beforeLoad: ({ search }) => {
    throw toInputs(search);
  },
});
const start = createRoute({
  getParentRoute: () => app,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({
      to: "/apps/$appId/inputs",
      params,
      search: { query: EVERYTHING },
      replace: true,
    });
  },
});
const inputs = createRoute({
  getParentRoute: () => app,
  path: "inputs",
  validateSearch,
  component: InputsPage,
});
const concepts = createRoute({
  getParentRoute: () => app,
  path: "concepts",
  component: page.concepts,
});
const models = createRoute({ getParentRoute: () => app, path: "models", component: page.models });
const model = createRoute({
  getParentRoute: () => app,
  path: "models/$modelId",
  component: page.model,
});
const datasets = createRoute({
  getParentRoute: () => app,
  path: "datasets",
  component: page.datasets,
});
const saved = createRoute({ getParentRoute: () => app, path: "searches", component: page.saved });
const explore = createRoute({
  getParentRoute: () => app,
  path: "explore",
  component: page.explore,
});
const copies = createRoute({
  getParentRoute: () => app,
  path: "explore/copies",
  component: page.copies,
});
const settings = createRoute({
  getParentRoute: () => app,
  path: "settings",
  component: page.settings,
});
const failed = createRoute({ getParentRoute: () => app, path: "failed", component: page.failed });

const pages = [
  start,
  inputs,
  concepts,
  models,
  model,
  datasets,
  saved,
  explore,
  copies,
  settings,
  failed,
] as const;

export function createPortalRouter() {
  return createRouter({
    routeTree: root.addChildren([home, oldInputs, app.addChildren(pages)]),
    parseSearch: fromSearchString,
    stringifySearch: (search) => toSearchString({ query: EVERYTHING, ...search }),
    defaultErrorComponent: Stumbled,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createPortalRouter>;
  }
}
