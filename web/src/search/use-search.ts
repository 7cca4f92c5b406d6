// The search that the URL holds, and the ways to change it.
import { useLocation, useNavigate, useRouter } from "@tanstack/react-router";
import { useMemo } from "react";
import { type Address, fromSearchString } from "../address.ts";
import { usePortal } from "../portal.ts";
import type { Query } from "../query.ts";
import { rememberSearch } from "./refinement.ts";

declare module "@tanstack/history" {
  interface HistoryState {
    /** A caption that is still being typed: the next change takes this entry's place. */
    readonly isDraft?: boolean;
    /** The viewer was opened from the grid: closing it goes back. */
    readonly isFromGrid?: boolean;
  }
}

export function useAddress(): Address {
  const text = useLocation({ select: ({ searchStr }) => searchStr });
  return useMemo(() => fromSearchString(text), [text]);
}

/** Functions that change the URL; the same ones for the life of the page. */
export function useSearch() {
  const { appId } = usePortal();
  const navigate = useNavigate();
  const { history } = useRouter();
  return useMemo(() => {
    const state = () => history.location.state;
    const go = (address: Address, isReplacing: boolean, next: object) =>
      void navigate({
        to: "/apps/$appId/inputs",
        params: { appId },
        search: address,
        replace: isReplacing,
        state: next,
      });
    const current = () => fromSearchString(history.location.search).query;
    return {
      /** A search that "back" returns to. */
      search: (query: Query) => {
        rememberSearch(appId, query, current());
        go({ query }, state().isDraft === true, {});
      },
      /** What is being typed: many of them make one step of history. */
      searchDraft: (query: Query) => go({ query }, state().isDraft === true, { isDraft: true }),
      /** The same search in better words: it takes the place of this one, also in the history. */
      amend: (query: Query) =>
        go({ ...fromSearchString(history.location.search), query }, true, state()),
      current,
      /** Opens an input over the results. */
      view: (id: string) => go({ query: current(), view: id }, false, { isFromGrid: true }),
      /** Opens another input in its place. */
      viewInstead: (id: string) => go({ query: current(), view: id }, true, state()),
      closeView: () => {
        if (state().isFromGrid) history.back();
        else go({ query: current() }, true, {});
      },
    };
  }, [appId, navigate, history]);
}
