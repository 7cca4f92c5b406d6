import { expect, test } from "vitest";
import { fromSearchString, toSearchString } from "./address.ts";
import type { Query } from "./query.ts";

const QUERY: Query = {
  terms: [
    { kind: "concept", name: "hot dog & co", isNegated: false },
    { kind: "like", inputId: "in/1", isNegated: false },
    { kind: "concept", name: "cat", isNegated: true },
    { kind: "like", inputId: "in2", isNegated: true },
  ],
  caption: 'two dogs, "50 %" #wet & happy + 狗',
};

test("brings every term, its order and the caption back from the URL", () => {
  expect(fromSearchString(toSearchString({ query: QUERY }))).toEqual({ query: QUERY });
});

test("brings the open input back", () => {
  const address = { query: QUERY, view: "in/1" };
  expect(fromSearchString(toSearchString(address))).toEqual(address);
});

test("reads like a sentence", () => {
  const terms = QUERY.terms.slice(2, 3);
  expect(toSearchString({ query: { terms, caption: "on a beach" } })).toBe(
    "?not-concept=cat&caption=on+a+beach",
  );
});

test("is empty for everything", () => {
  expect(toSearchString({ query: { terms: [], caption: "" } })).toBe("");
  expect(fromSearchString("")).toEqual({ query: { terms: [], caption: "" } });
});

test("ignores what it does not know", () => {
  expect(fromSearchString("?utm=1&not-caption=x&concept=&view=")).toEqual({
    query: { terms: [], caption: "" },
  });
});
