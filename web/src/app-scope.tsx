// Everything below /apps/:id: the app's own cache, queues and selection, and the frame around its pages.
import { QueryClientProvider } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { createContext, useContext } from "react";
import { Frame } from "./frame/frame.tsx";
import { type Portal, PortalContext } from "./portal.ts";

/** The portal of an app, the same one every time. Wired in main.tsx. */
export const PortalsContext = createContext<(appId: string) => Portal>(() => {
  throw new Error("Expected a PortalsContext above this component but found none.");
});

export function AppScope() {
  const { appId } = useParams({ from: "/apps/$appId" });
  const portal = useContext(PortalsContext)(appId);
  return (
    <QueryClientProvider client={portal.queryClient}>
      <PortalContext value={portal}>
        <Frame key={appId} />
      </PortalContext>
    </QueryClientProvider>
  );
}
