// A search in a few words and tiny pictures, on one line.
import { fromSearchString } from "../address.ts";
import { toFilterText } from "../filters/filter-text.ts";
import { useNames } from "../filters/use-names.ts";
import { Icon } from "../icon.tsx";
import { usePortal } from "../portal.ts";
import { subjectOf, type Term } from "../query.ts";
import classes from "./query-words.module.css";

/** @param address what stands in the address bar after the path */
export function QueryWords({ address }: { readonly address: string }) {
  const { query } = fromSearchString(address);
  const names = useNames(query.filters.some(({ kind }) => kind === "dataset"));
  return (
    <span className={classes.words}>
      {query.terms.map((term) => (
        <TermWords key={term.kind + subjectOf(term)} term={term} />
      ))}
      {query.caption !== "" && <bdi className={classes.caption}>{query.caption}</bdi>}
      {query.filters.map((filter, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: filters have no name of their own
        <bdi key={index} className={classes.filter}>
          {toFilterText(filter, names)}
        </bdi>
      ))}
    </span>
  );
}

function TermWords({ term }: { readonly term: Term }) {
  const { client } = usePortal();
  const sign = term.weight < 0 ? "−" : "";
  switch (term.kind) {
    case "concept":
      return <bdi>{`${sign}#${term.name}`}</bdi>;
    case "text":
      return <bdi>{sign + term.text}</bdi>;
    case "url":
      return (
        <span className={classes.picture}>
          {sign}
          <Icon name="link" sizePx={16} />
        </span>
      );
    case "like":
    case "example":
      return (
        <span className={classes.picture}>
          {sign}
          <img
            src={
              term.kind === "like"
                ? client.thumbnailUrl(term.inputId)
                : client.exampleUrl(term.exampleId)
            }
            alt=""
          />
        </span>
      );
  }
}
