// The searches that people kept, and deleting one with ten seconds to change one's mind.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { ClientError } from "../../../src/client/client-error.ts";
import type { SavedSearch } from "../../../src/client/saved-searches.ts";
import { saved as savedText } from "../messages/saved.ts";
import { usePortal } from "../portal.ts";

const UNDO_MS = 10_000;

export const SAVED_KEY = ["saved-searches"];

export function useSavedSearches() {
  const { client } = usePortal();
  return useQuery({
    queryKey: SAVED_KEY,
    queryFn: ({ signal }) => client.savedSearches({ signal }),
  });
}

/** `deleted` is hidden at once and deleted on the server after ten seconds, or when the page is left. */
export function useSavedDeletion() {
  const { client } = usePortal();
  const queryClient = useQueryClient();
  const [deleted, setDeleted] = useState<SavedSearch>();
  const [failure, setFailure] = useState("");
  const waiting = useRef<SavedSearch>(undefined);

  const commit = useCallback(async () => {
    const search = waiting.current;
    if (!search) return;
    waiting.current = undefined;
    try {
      await client.deleteSavedSearch(search.id);
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      setFailure(savedText.notDeleted(search.name, error.message));
    }
    await queryClient.invalidateQueries({ queryKey: SAVED_KEY });
    setDeleted((now) => (now === search ? undefined : now));
  }, [client, queryClient]);

  useEffect(() => {
    if (!deleted) return;
    const timer = setTimeout(() => void commit(), UNDO_MS);
    return () => clearTimeout(timer);
  }, [deleted, commit]);
  useEffect(() => () => void commit(), [commit]);

  return {
    deleted,
    failure,
    request(search: SavedSearch): void {
      void commit();
      waiting.current = search;
      setFailure("");
      setDeleted(search);
    },
    undo(): void {
      waiting.current = undefined;
      setDeleted(undefined);
    },
    dismissFailure: () => setFailure(""),
  };
}
