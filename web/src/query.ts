// What the search bar says: chips in order, then the caption. Immutable; the URL holds it.
import type { Rank } from "../../src/client/rank.ts";

/** One part of a search. `isNegated` asks for what is unlike it. */
export type Term = { readonly isNegated: boolean } & (
  | { readonly kind: "concept"; readonly name: string }
  | { readonly kind: "like"; readonly inputId: string }
);

/** A search: all parts count together. Empty: every input, newest first. */
export type Query = { readonly terms: readonly Term[]; readonly caption: string };

export const EVERYTHING: Query = { terms: [], caption: "" };

export function isEverything(query: Query): boolean {
  return query.terms.length === 0 && query.caption === "";
}

export function like(inputIds: readonly string[]): Query {
  const terms = inputIds.map((inputId) => ({ kind: "like", inputId, isNegated: false }) as const);
  return { terms, caption: "" };
}

/** Adds a term, or replaces the one about the same concept or image. */
export function withTerm(query: Query, term: Term): Query {
  return { ...query, terms: [...query.terms.filter((other) => !isSame(other, term)), term] };
}

export function withoutTerm(query: Query, term: Term): Query {
  return { ...query, terms: query.terms.filter((other) => other !== term) };
}

export function withNegationToggled(query: Query, term: Term): Query {
  const toggled = { ...term, isNegated: !term.isNegated };
  return { ...query, terms: query.terms.map((other) => (other === term ? toggled : other)) };
}

export function toRanks({ terms, caption }: Query): readonly Rank[] {
  const ranks = terms.map(toRank);
  return caption === "" ? ranks : [...ranks, { kind: "text", text: caption }];
}

function toRank(term: Term): Rank {
  const negate = term.isNegated;
  return term.kind === "concept"
    ? { kind: "concept", name: term.name, negate }
    : { kind: "input", inputId: term.inputId, negate };
}

function isSame(a: Term, b: Term): boolean {
  if (a.kind === "concept") return b.kind === "concept" && a.name === b.name;
  return b.kind === "like" && a.inputId === b.inputId;
}
