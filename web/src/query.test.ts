import { expect, test } from "vitest";
import { fromSearchString } from "./address.ts";
import { like, type Query, toRanks, withNegationToggled, withoutTerm, withTerm } from "./query.ts";

const DOG = { kind: "concept", name: "dog", isNegated: false } as const;
const CAT = { kind: "concept", name: "cat", isNegated: false } as const;
const QUERY: Query = { terms: [DOG, CAT], caption: "" };

test("ranks by what the URL says, in its order", () => {
  const { query } = fromSearchString("?not-concept=cat&like=in1&caption=on+a+beach");
  expect(toRanks(query)).toEqual([
    { kind: "concept", name: "cat", negate: true },
    { kind: "input", inputId: "in1", negate: false },
    { kind: "text", text: "on a beach" },
  ]);
});

test("ranks by nothing when nothing was asked", () => {
  expect(toRanks(fromSearchString("").query)).toEqual([]);
});

test("replaces a term about the same concept", () => {
  const notDog = { ...DOG, isNegated: true };
  expect(withTerm(QUERY, notDog).terms).toEqual([CAT, notDog]);
});

test("keeps an image whose id is the name of a concept", () => {
  const image = { kind: "like", inputId: "dog", isNegated: false } as const;
  expect(withTerm(QUERY, image).terms).toEqual([DOG, CAT, image]);
});

test("toggles a term in its place", () => {
  expect(withNegationToggled(QUERY, DOG).terms).toEqual([{ ...DOG, isNegated: true }, CAT]);
});

test("removes one term", () => {
  expect(withoutTerm(QUERY, DOG).terms).toEqual([CAT]);
});

test("is like several inputs at once", () => {
  expect(toRanks(like(["a", "b"]))).toEqual([
    { kind: "input", inputId: "a", negate: false },
    { kind: "input", inputId: "b", negate: false },
  ]);
});
