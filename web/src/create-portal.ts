// An app's id -> everything that the page has for it, wired together.
import { createClient } from "../../src/client/client.ts";
import { COUNTS_KEY } from "./counts.ts";
import { createDeletions } from "./deletions/deletions.ts";
import { SEARCH_KEY } from "./grid/search-page.ts";
import { createSelection } from "./grid/selection.ts";
import type { Portal } from "./portal.ts";
import { createQueryClient } from "./query-client.ts";
import { createUploads } from "./uploads/create-uploads.ts";

/** Semblance has one owner. */
const USER_ID = "me";

/** @param onSignedOut called when the server asks for a key */
export function createPortal(appId: string, onSignedOut: () => void): Portal {
  const client = createClient({ app: { userId: USER_ID, id: appId } });
  const queryClient = createQueryClient(onSignedOut);
  const onError = (error: { readonly isUnauthenticated: boolean }) => {
    if (error.isUnauthenticated) onSignedOut();
  };
  const refreshCounts = () => queryClient.invalidateQueries({ queryKey: COUNTS_KEY });
  const deletions = createDeletions({
    deleteInputs: client.deleteInputs,
    refresh: async () => {
      await queryClient.invalidateQueries({ queryKey: SEARCH_KEY });
      await refreshCounts();
    },
    onError,
  });
  const uploads = createUploads(appId, client, () => void refreshCounts(), onError);
  return { appId, client, queryClient, deletions, ...uploads, selection: createSelection() };
}
