// Wires the Portal together: server, cache, queues, addresses.
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createClient } from "../../src/client/client.ts";
import { COUNTS_KEY } from "./counts.ts";
import { createDeletions } from "./deletions/deletions.ts";
import { SEARCH_KEY } from "./grid/search-page.ts";
import { PortalContext } from "./portal.ts";
import { createQueryClient, noteError } from "./query-client.ts";
import { createPortalRouter } from "./router.tsx";
import { SessionGate } from "./session/session-gate.tsx";
import "./styles.ts";
import { theme } from "./theme.ts";
import { createSendFile } from "./uploads/send-file.ts";
import { createUploadQueue } from "./uploads/upload-queue.ts";

const client = createClient();
const queryClient = createQueryClient();
const onError = noteError.bind(undefined, queryClient);
const refreshCounts = () => queryClient.invalidateQueries({ queryKey: COUNTS_KEY });
const deletions = createDeletions({
  deleteInputs: client.deleteInputs,
  refresh: async () => {
    await queryClient.invalidateQueries({ queryKey: SEARCH_KEY });
    await refreshCounts();
  },
  onError,
});
const uploads = createUploadQueue(createSendFile(client), () => void refreshCounts(), onError);
const router = createPortalRouter();
window.addEventListener("pagehide", deletions.close);

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <PortalContext value={{ client, deletions, uploads }}>
          <SessionGate>
            <RouterProvider router={router} />
          </SessionGate>
        </PortalContext>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
