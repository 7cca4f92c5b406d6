// Addresses of the Portal. What stands after "?" is parsed by address.ts alone.
import { createRootRoute, createRoute, createRouter, redirect } from "@tanstack/react-router";
import { lazy } from "react";
import { type Address, fromSearchString, toSearchString } from "./address.ts";
import { Frame } from "./frame/frame.tsx";
import { Missing, Stumbled } from "./frame/notice.tsx";
import { InputsPage } from "./grid/inputs-page.tsx";
import { EVERYTHING } from "./query.ts";

const FailedPage = lazy(() =>
  import("./failed/failed-page.tsx").then(({ FailedPage: component }) => ({ default: component })),
);

export function createPortalRouter() {
  const root = createRootRoute({ component: Frame, notFoundComponent: Missing });
  const home = createRoute({
    getParentRoute: () => root,
    path: "/",
    beforeLoad: () => {
      throw redirect({ to: "/inputs", search: { query: EVERYTHING }, replace: true });
    },
  });
  const inputs = createRoute({
    getParentRoute: () => root,
    path: "/inputs",
    // Already an Address: the router calls this with what parseSearch returned.
    validateSearch: (search: Record<string, unknown>) => search as Address,
    component: InputsPage,
  });
  const failed = createRoute({
    getParentRoute: () => root,
    path: "/failed",
    component: FailedPage,
  });
  return createRouter({
    routeTree: root.addChildren([home, inputs, failed]),
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
