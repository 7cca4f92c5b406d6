// Why a result stands where it stands: its score and, of a search for several things, how well it fits each alone.
import { useQueries } from "@tanstack/react-query";
import type { Hit } from "../../../src/client/search.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { toScoreText } from "../quantities.ts";
import { type Query, subjectOf, type Term, toSearch } from "../query.ts";
import classes from "./reasons.module.css";
import { SEARCH_KEY } from "./search-page.ts";

const text = messages.tile;

export function Reasons({ hit, query }: { readonly hit: Hit; readonly query: Query }) {
  const parts = toParts(query);
  const scores = useScores(parts.length > 1 ? parts : [], hit.input.id);
  return (
    <section className={classes.reasons} data-testid="reasons">
      <h2>
        {text.score} <strong>{toScoreText(hit.score)}</strong>
      </h2>
      {scores.length > 0 && (
        <dl>
          {parts.map(({ name, isNegated }, i) => (
            <div key={name}>
              <dt dir="auto">{isNegated ? text.unlike(name) : name}</dt>
              <dd>{scores[i] === undefined ? "…" : toScoreText(scores[i])}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

type Part = {
  readonly name: string;
  readonly isNegated: boolean;
  /** What it asks for, as if it was wanted. */
  readonly search: ReturnType<typeof toSearch>;
};

function toParts({ terms, caption, ...rest }: Query): readonly Part[] {
  const alone = (term: Term) => toSearch({ ...rest, caption: "", filters: [], terms: [term] });
  const parts = terms.map((term) => ({
    name: term.kind === "like" || term.kind === "example" ? messages.search.image : subjectOf(term),
    isNegated: term.weight < 0,
    search: alone({ ...term, weight: Math.abs(term.weight) }),
  }));
  if (caption === "") return parts;
  const search = toSearch({ ...rest, terms: [], filters: [], caption });
  return [...parts, { name: caption, isNegated: false, search }];
}

function useScores(parts: readonly Part[], id: string): readonly (number | undefined)[] {
  const { client } = usePortal();
  return useQueries({
    queries: parts.map(({ search }) => {
      const filters = [{ any_of: [{ kind: "ids", ids: [id] }] }] as const;
      const request = { ...search, filters, relevant_only: false, collapse: false, per_page: 1 };
      return {
        queryKey: [...SEARCH_KEY, "alone", id, search.ranks],
        queryFn: async ({ signal }: { signal: AbortSignal }) =>
          (await client.search(request, { signal })).hits[0]?.score ?? 0,
      };
    }),
  }).map(({ data }) => data);
}
