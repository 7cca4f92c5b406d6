// The near-duplicates behind a tile, as small pictures that open.
import { useQuery } from "@tanstack/react-query";
import type { Hit } from "../../../src/client/search.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { EVERYTHING, like, type Query, toSearch } from "../query.ts";
import { useSearch } from "../search/use-search.ts";
import classes from "./copies-list.module.css";
import { SEARCH_KEY } from "./search-page.ts";

const text = messages.tile;
const SHOWN = 24;

export function CopiesList({ hit, query }: { readonly hit: Hit; readonly query: Query }) {
  const { input, copies } = hit;
  const { client } = usePortal();
  const { search, view } = useSearch();
  // They are what is most like it, among what passes the filters.
  const { filters, labelsAre } = query;
  const request = toSearch({ ...EVERYTHING, ...like([input.id]), filters, labelsAre });
  const { data } = useQuery({
    queryKey: [...SEARCH_KEY, "copies", request, copies],
    queryFn: ({ signal }) =>
      client.search({ ...request, per_page: Math.min(SHOWN, copies) + 1 }, { signal }),
  });
  const others = data?.hits.filter((other) => other.input.id !== input.id) ?? [];
  return (
    <section>
      <h2 className={classes.title}>{text.copies(copies)}</h2>
      <ul className={classes.list}>
        {others.map((other) => (
          <li key={other.input.id}>
            <button
              type="button"
              aria-label={text.open(other.input.name)}
              title={other.input.name}
              onClick={() => view(other.input.id)}
            >
              <img src={other.input.thumbnailUrl} alt="" />
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className={classes.all} onClick={() => search(like([input.id]))}>
        {text.showAll}
      </button>
    </section>
  );
}
