import { expect, test } from "vitest";
import { EVERYTHING, ofConcept, type Query, withTerm } from "../query.ts";
import { isRefinement } from "./refinement.ts";

const DOG = ofConcept("dog");
const DOG_NOT_CAT = withTerm(DOG, { kind: "text", text: "cat", weight: -1 });
const dated = (from: string): Query => ({
  ...DOG,
  filters: [{ kind: "taken", from, to: undefined, isNegated: false }],
});

test.each<[string, Query, Query, boolean]>([
  ["another term", DOG, DOG_NOT_CAT, true],
  ["another weight", DOG, { ...DOG, terms: [{ ...DOG.terms[0]!, weight: -2 }] }, true],
  ["more of the caption", { ...DOG, caption: "on a" }, { ...DOG, caption: "on a beach" }, true],
  ["another value of a filter", dated("2019-01-01"), dated("2018-01-01"), true],
  ["everything before it", EVERYTHING, DOG, true],
  ["a term less", DOG_NOT_CAT, DOG, false],
  ["another concept", DOG, ofConcept("cat"), false],
  ["another caption", { ...EVERYTHING, caption: "cat" }, { ...EVERYTHING, caption: "dog" }, false],
  ["a filter less", dated("2019-01-01"), DOG, false],
])("%s: refines it %#", (_, before, query, isRefined) => {
  expect(isRefinement(before, query)).toBe(isRefined);
});
