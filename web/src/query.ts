// What the search bar, the filter panel and the toolbar say together. Immutable; the URL holds it.
import type { Order, Rank, Search } from "../../src/client/search.ts";
import type { Count, FindCounts } from "../../src/sentence/counts.ts";
import type { Place } from "../../src/sentence/gazetteer.ts";
import type { FindPlace } from "../../src/sentence/places.ts";
import { phrasesOf, unquoted } from "../../src/sentence/quotes.ts";
import { AVOIDED_WEIGHT, understand } from "../../src/sentence/sentence.ts";
import { type Filter, type FilterValue, toWireFilters, withFilter } from "./filter.ts";

/** One part of a search. `weight`: how much it counts, below 0 asks for what is unlike it; never 0. */
export type Term = { readonly weight: number } & (
  | { readonly kind: "concept"; readonly name: string }
  /** An input of the app. */
  | { readonly kind: "like"; readonly inputId: string }
  /** A picture that was given to the server to search by. */
  | { readonly kind: "example"; readonly exampleId: string }
  /** A picture elsewhere. */
  | { readonly kind: "url"; readonly url: string }
  /** Words that became a chip; most of the time those to avoid. */
  | { readonly kind: "text"; readonly text: string }
);

/** Counts what a detector finds. */
export type Counter = {
  readonly findCounts: FindCounts;
  /** Undefined for what it does not know. */
  readonly toFilter: (count: Count) => FilterValue | undefined;
};

export type Query = {
  /** In the order of their chips; they count together with the caption. */
  readonly terms: readonly Term[];
  readonly caption: string;
  readonly filters: readonly Filter[];
  /** Whether an input needs one of the wanted labels or all of them. */
  readonly labelsAre: "any" | "all";
  readonly order: Order;
  readonly isRelevantOnly: boolean;
  /** One tile for each group of near-duplicates. */
  readonly isCollapsed: boolean;
  /** What ranks is compared with the objects in pictures. */
  readonly isOfObjects: boolean;
};

/** Every input, newest first. */
export const EVERYTHING: Query = {
  terms: [],
  caption: "",
  filters: [],
  labelsAre: "any",
  order: "relevance",
  isRelevantOnly: false,
  isCollapsed: false,
  isOfObjects: false,
};

/** Does anything rank? */
export function isRanked(query: Query): boolean {
  const { terms, caption } = withSentence(query, new Date());
  return terms.length > 0 || caption !== "";
}

/** Neither ranks nor filters. */
export function isEverything(query: Query): boolean {
  const { terms, caption, filters } = query;
  return terms.length === 0 && caption === "" && filters.length === 0;
}

export function like(inputIds: readonly string[]): Query {
  const terms = inputIds.map((inputId) => ({ kind: "like", inputId, weight: 1 }) as const);
  return { ...EVERYTHING, terms };
}

/** What each picture counts that somebody found right or wrong among the results: of 0.2 to 1 and 0.1 to 0.3 they bring the most
 *  further ones up (docs/quality.md, feedback). More than four count as four. */
const FEEDBACK = { more: 0.5, less: -0.3 } as const;
const FEEDBACK_FULL = 4;

/** The same search, nearer to these inputs or farther from them. */
export function withFeedback(
  query: Query,
  inputIds: readonly string[],
  kind: keyof typeof FEEDBACK,
): Query {
  const weight = FEEDBACK[kind] * Math.min(1, FEEDBACK_FULL / inputIds.length);
  const terms = inputIds.map((inputId): Term => ({ kind: "like", inputId, weight }));
  return terms.reduce(withTerm, query);
}

export function ofConcept(name: string): Query {
  return { ...EVERYTHING, terms: [{ kind: "concept", name, weight: 1 }] };
}

/** Adds a term, or replaces the one about the same thing. */
export function withTerm(query: Query, term: Term): Query {
  return { ...query, terms: [...query.terms.filter((other) => !isSame(other, term)), term] };
}

export function withoutTerm(query: Query, term: Term): Query {
  return { ...query, terms: query.terms.filter((other) => other !== term) };
}

/** Puts another term in the place of one, with its weight. */
export function withReplaced(query: Query, old: Term, term: Term): Query {
  const others = query.terms.filter((one) => one === old || !isSame(one, term));
  return {
    ...query,
    terms: others.map((one) => (one === old ? { ...term, weight: old.weight } : one)),
  };
}

/** @param weight not 0 */
export function withWeight(query: Query, term: Term, weight: number): Query {
  return { ...query, terms: query.terms.map((one) => (one === term ? { ...one, weight } : one)) };
}

export function withNegationToggled(query: Query, term: Term): Query {
  return withWeight(query, term, -term.weight);
}

/** As the server takes it, with what its caption says besides. */
export function toSearch(query: Query, now: Date = new Date()): Search {
  const { order, isRelevantOnly, isCollapsed, isOfObjects, labelsAre } = query;
  const { terms, filters, caption } = withSentence(query, now);
  const ranks: readonly Rank[] = terms.map(toRank);
  const text = unquoted(caption);
  const all = text === "" ? ranks : [...ranks, { kind: "text", text } as const];
  return {
    ranks: all,
    filters: [...toWireFilters(filters, labelsAre), ...phrasesOf(caption).map(written)],
    order,
    relevant_only: isRelevantOnly && all.length > 0,
    collapse: isCollapsed,
    ...(isOfObjects && all.length > 0 && { objects: true }),
  };
}

/** What the caption says is not wanted becomes terms; when and where it was taken, and how it looks, filters. What is left
 *  can be read again. `now`: what "last week" means; without `findPlace` no words are read as places, without `counter` nothing is
 *  counted. */
export function withSentence(
  query: Query,
  now: Date,
  findPlace?: FindPlace,
  counter?: Counter,
): Query {
  const { rest, avoided, taken, place, colours, shapes, counts } = understand(query.caption, now, {
    findPlace,
    findCounts: counter?.findCounts,
  });
  const unwanted = avoided.map((text): Term => ({ kind: "text", text, weight: AVOIDED_WEIGHT }));
  const values: readonly FilterValue[] = [
    ...(taken ? [{ kind: "taken", ...taken } as const] : []),
    ...(place ? [toPlaceFilter(place)] : []),
    ...colours.map((colour) => ({ kind: "colour", colour }) as const),
    ...shapes.map((shape) => ({ kind: "shape", shape }) as const),
    ...counts.flatMap((count) => counter?.toFilter(count) ?? []),
  ];
  const filters = values.map((value): Filter => ({ ...value, isNegated: false }));
  const all = filters.reduce(withFilter, query.filters);
  return unwanted.reduce(withTerm, { ...query, caption: rest, filters: all });
}

function written(phrase: string): NonNullable<Search["filters"]>[number] {
  return { any_of: [{ kind: "words", phrase }] };
}

function toPlaceFilter({ name, area }: Place): FilterValue {
  return "radiusKm" in area ? { kind: "near", ...area, name } : { kind: "box", ...area, name };
}

function toRank(term: Term): Rank {
  const { weight } = term;
  switch (term.kind) {
    case "concept":
      return { kind: "concept", name: term.name, weight };
    case "like":
      return { kind: "input", input_id: term.inputId, weight };
    case "example":
      return { kind: "example", id: term.exampleId, weight };
    case "url":
      return { kind: "url", url: term.url, weight };
    case "text":
      return { kind: "text", text: term.text, weight };
  }
}

function isSame(a: Term, b: Term): boolean {
  return a.kind === b.kind && subjectOf(a) === subjectOf(b);
}

/** What the term is about: a name, an id, an address, words. */
export function subjectOf(term: Term): string {
  switch (term.kind) {
    case "concept":
      return term.name;
    case "like":
      return term.inputId;
    case "example":
      return term.exampleId;
    case "url":
      return term.url;
    case "text":
      return term.text;
  }
}
