// What a search asks for, as small chips that only tell.
import { FilterMark } from "../filters/filter-chip.tsx";
import { toFilterText } from "../filters/filter-text.ts";
import { useNames } from "../filters/use-names.ts";
import { saved as text } from "../messages/saved.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { isEverything, type Query, subjectOf, type Term } from "../query.ts";
import classes from "./query-summary.module.css";

export function QuerySummary({ query }: { readonly query: Query }) {
  const names = useNames(query.filters.some(({ kind }) => kind === "dataset"));
  const { terms, caption, filters, isRelevantOnly, isCollapsed, isOfObjects } = query;
  return (
    <ul className={classes.summary}>
      {isEverything(query) && <li>{text.everything}</li>}
      {terms.map((term) => (
        <li key={term.kind + subjectOf(term)} data-negated={term.weight < 0 || undefined}>
          <TermMark term={term} />
        </li>
      ))}
      {caption !== "" && <li dir="auto">“{caption}”</li>}
      {filters.map((filter) => (
        <li key={JSON.stringify(filter)} data-negated={filter.isNegated || undefined} dir="auto">
          <FilterMark filter={filter} />
          <span>{toFilterText(filter, names)}</span>
        </li>
      ))}
      {isRelevantOnly && <li>{text.relevantOnly}</li>}
      {isOfObjects && <li>{text.ofObjects}</li>}
      {isCollapsed && <li>{text.oneShown}</li>}
    </ul>
  );
}

function TermMark({ term }: { readonly term: Term }) {
  const { client } = usePortal();
  const isNegated = term.weight < 0;
  const src =
    (term.kind === "like" && client.thumbnailUrl(term.inputId)) ||
    (term.kind === "example" && client.exampleUrl(term.exampleId));
  if (src) {
    const name = isNegated ? text.not(messages.search.image) : messages.search.image;
    return <img src={src} alt={name} title={name} loading="lazy" />;
  }
  const words = term.kind === "concept" ? `#${term.name}` : subjectOf(term);
  return <span dir="auto">{isNegated ? text.not(words) : words}</span>;
}
