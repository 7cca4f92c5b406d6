// Search <-> the part of the URL after "?", readable and in order:
//   concept=dog&not-concept=cat&like=ID&not-like=ID&caption=on+a+beach&view=ID
import type { Query, Term } from "./query.ts";

/** All state that a shared link carries. `view`: the input that is open in the viewer. */
export type Address = { readonly query: Query; readonly view?: string };

const NEGATION = "not-";

/** "" if there is nothing to say, otherwise with a leading "?". */
export function toSearchString({ query, view }: Address): string {
  const params = new URLSearchParams(query.terms.map(toParam));
  if (query.caption !== "") params.append("caption", query.caption);
  if (view !== undefined) params.append("view", view);
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

/** Unknown parameters are ignored: links grow old. */
export function fromSearchString(text: string): Address {
  const params = new URLSearchParams(text);
  const terms = [...params].flatMap(([name, value]) => fromParam(name, value));
  const query = { terms, caption: params.getAll("caption").join(" ").trim() };
  const view = params.get("view");
  return view ? { query, view } : { query };
}

function toParam(term: Term): [string, string] {
  const value = term.kind === "concept" ? term.name : term.inputId;
  return [(term.isNegated ? NEGATION : "") + term.kind, value];
}

function fromParam(name: string, value: string): Term[] {
  if (value === "") return [];
  const isNegated = name.startsWith(NEGATION);
  switch (isNegated ? name.slice(NEGATION.length) : name) {
    case "concept":
      return [{ kind: "concept", name: value, isNegated }];
    case "like":
      return [{ kind: "like", inputId: value, isNegated }];
    default:
      return [];
  }
}
