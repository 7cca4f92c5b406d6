import { describe, expect, test } from "vitest";
import { fromSearchString } from "./address.ts";
import {
  EVERYTHING,
  isRanked,
  like,
  type Query,
  toSearch,
  withFeedback,
  withNegationToggled,
  withoutTerm,
  withSentence,
  withTerm,
} from "./query.ts";

const DOG = { kind: "concept", name: "dog", weight: 1 } as const;
const CAT = { kind: "concept", name: "cat", weight: 2 } as const;
const QUERY: Query = { ...EVERYTHING, terms: [DOG, CAT] };

test("ranks by what the URL says, in its order", () => {
  const { query } = fromSearchString("?not-concept=cat&like*2=in1&caption=on+a+beach");
  expect(toSearch(query).ranks).toEqual([
    { kind: "concept", name: "cat", weight: -1 },
    { kind: "input", input_id: "in1", weight: 2 },
    { kind: "text", text: "on a beach" },
  ]);
});

test("understands what a caption does not want, and when", () => {
  const query = { ...EVERYTHING, caption: "a beach without people in 2019" };
  expect(toSearch(query)).toMatchObject({
    ranks: [
      { kind: "text", text: "people", weight: -0.5 },
      { kind: "text", text: "a beach" },
    ],
    filters: [{ any_of: [{ kind: "date", of: "taken", from: "2019-01-01T00:00:00.000Z" }] }],
  });
  expect(withSentence(query, new Date())).toMatchObject({
    caption: "a beach",
    terms: [{ text: "people" }],
    filters: [{ kind: "taken", from: "2019-01-01", to: "2019-12-31" }],
  });
});

test("understands how pictures look, and where they were taken", () => {
  const query = { ...EVERYTHING, caption: "red photos of flowers in Rome" };
  const area = { latitude: 41.9, longitude: 12.5, radiusKm: 40 };
  const findPlace = () => ({ start: 4, end: 6, place: { name: "Rome", area } });
  expect(withSentence(query, new Date(), findPlace)).toMatchObject({
    caption: "flowers",
    filters: [
      { kind: "near", name: "Rome", ...area, isNegated: false },
      { kind: "colour", colour: "red", isNegated: false },
    ],
  });
  const italy = { south: 36.7, west: 6.6, north: 47.1, east: 18.5 };
  const findCountry = () => ({ start: 4, end: 6, place: { name: "Italy", area: italy } });
  expect(withSentence(query, new Date(), findCountry)).toMatchObject({
    filters: [{ kind: "box", name: "Italy", ...italy }, { kind: "colour" }],
  });
});

test("quotes stay in the text, so that it can be read again, and do not reach the encoder", () => {
  const query = { ...EVERYTHING, caption: '"no parking" signs without cars' };
  const meant = withSentence(query, new Date());
  expect(meant).toMatchObject({ caption: '"no parking" signs', terms: [{ text: "cars" }] });
  expect(toSearch(meant).ranks?.at(-1)).toEqual({ kind: "text", text: "no parking signs" });
});

test("a caption that only says when ranks nothing", () => {
  const query = { ...EVERYTHING, caption: "in 2019", isRelevantOnly: true };
  expect(isRanked(query)).toBe(false);
  expect(toSearch(query)).toMatchObject({ ranks: [], relevant_only: false });
});

test("ranks by nothing when nothing was asked", () => {
  expect(toSearch(EVERYTHING)).toMatchObject({ ranks: [], filters: [], relevant_only: false });
});

test("replaces a term about the same concept", () => {
  const notDog = { ...DOG, weight: -1 };
  expect(withTerm(QUERY, notDog).terms).toEqual([CAT, notDog]);
});

test("keeps an image whose id is the name of a concept", () => {
  const image = { kind: "like", inputId: "dog", weight: 1 } as const;
  expect(withTerm(QUERY, image).terms).toEqual([DOG, CAT, image]);
});

test("toggles a term in its place and keeps how much it counts", () => {
  expect(withNegationToggled(QUERY, CAT).terms).toEqual([DOG, { ...CAT, weight: -2 }]);
});

test("removes one term", () => {
  expect(withoutTerm(QUERY, DOG).terms).toEqual([CAT]);
});

test("is like several inputs at once", () => {
  expect(toSearch(like(["a", "b"])).ranks).toEqual([
    { kind: "input", input_id: "a", weight: 1 },
    { kind: "input", input_id: "b", weight: 1 },
  ]);
});

describe("feedback", () => {
  test("brings a search nearer to some inputs and farther from others", () => {
    const query = withFeedback({ ...EVERYTHING, caption: "dog" }, ["a", "b"], "more");
    expect(toSearch(withFeedback(query, ["c"], "less")).ranks).toEqual([
      { kind: "input", input_id: "a", weight: 0.5 },
      { kind: "input", input_id: "b", weight: 0.5 },
      { kind: "input", input_id: "c", weight: -0.3 },
      { kind: "text", text: "dog" },
    ]);
  });

  test("of many counts as that of four, and the last word counts", () => {
    const ids = ["a", "b", "c", "d", "e", "f", "g", "h"];
    const query = withFeedback({ ...EVERYTHING, caption: "dog" }, ids, "more");
    expect(query.terms.map(({ weight }) => weight)).toEqual(ids.map(() => 0.25));
    expect(withFeedback(query, ["a"], "less").terms.at(-1)?.weight).toBe(-0.3);
  });
});

test("words in quotes must be written there", () => {
  const { ranks, filters } = toSearch({ ...EVERYTHING, caption: 'a sign "No parking"' });
  expect(ranks).toEqual([{ kind: "text", text: "a sign No parking" }]);
  expect(filters).toEqual([{ any_of: [{ kind: "words", phrase: "No parking" }] }]);
});
