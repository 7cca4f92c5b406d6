// How many results the search of the page has, where the page shows a search.
import { useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { usePortal } from "../portal.ts";
import { useAddress } from "../search/use-search.ts";
import { pageOptions } from "./search-page.ts";

/** Undefined on other pages, and until it is known. */
export function useOpenTotal(): { readonly total: number } | undefined {
  const { client } = usePortal();
  const { query } = useAddress();
  const isSearch = useLocation({ select: ({ pathname }) => pathname.endsWith("/inputs") });
  const { data } = useQuery({ ...pageOptions(client, query, 0), enabled: isSearch });
  return isSearch && data ? { total: data.total } : undefined;
}
