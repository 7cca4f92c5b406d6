// Wires the Portal together: session, apps, addresses.
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import type { Session } from "../../src/client/session.ts";
import { PortalsContext } from "./app-scope.tsx";
import { createPortal } from "./create-portal.ts";
import { applyMotion } from "./motion.ts";
import type { Portal } from "./portal.ts";
import { createQueryClient } from "./query-client.ts";
import { createPortalRouter } from "./router.tsx";
import { SESSION_KEY, SessionGate } from "./session/session-gate.tsx";
import "./styles.ts";
import { theme } from "./theme.ts";
import { appsWithUploads } from "./uploads/kept-uploads.ts";

// What is not about an app: the session.
const queryClient = createQueryClient(onSignedOut);
const portals = new Map<string, Portal>();
const router = createPortalRouter();

function onSignedOut(): void {
  const session: Session = { isSignedIn: false, isRequired: true };
  queryClient.setQueryData(SESSION_KEY, session);
}

function portalOf(appId: string): Portal {
  const portal = portals.get(appId) ?? createPortal(appId, onSignedOut);
  portals.set(appId, portal);
  return portal;
}

// Answers from before, refusals above all, must not be what is shown first.
function onSignedIn(): void {
  for (const portal of portals.values()) portal.queryClient.clear();
}

window.addEventListener("pagehide", () => {
  for (const { deletions } of portals.values()) deletions.close();
});

applyMotion();
// What an earlier visit could not send goes on, whichever app is shown.
void appsWithUploads().then((appIds) => appIds.forEach(portalOf));

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <SessionGate onSignedIn={onSignedIn}>
          <PortalsContext value={portalOf}>
            <RouterProvider router={router} />
          </PortalsContext>
        </SessionGate>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
