import { expect, test } from "vitest";
import { fromSearchString, toSearchString } from "./address.ts";
import { EVERYTHING, type Query } from "./query.ts";

const QUERY: Query = {
  terms: [
    { kind: "concept", name: "hot dog & co", weight: 1 },
    { kind: "like", inputId: "in/1", weight: 2 },
    { kind: "concept", name: "cat", weight: -1 },
    { kind: "like", inputId: "in2", weight: -0.5 },
    { kind: "example", exampleId: "0a1b", weight: 1 },
    { kind: "url", url: "https://a.test/b.jpg?c=d&e", weight: 1 },
    { kind: "text", text: "people", weight: -1 },
  ],
  caption: 'two dogs, "50 %" #wet & happy + 狗',
  filters: [
    { kind: "label", name: "pets & more", isNegated: false },
    { kind: "unlabeled", isNegated: true },
    { kind: "dataset", id: "holiday", isNegated: true },
    { kind: "type", format: "jpeg", isNegated: false },
    { kind: "status", status: "failed", isNegated: false },
    { kind: "taken", from: "2019-01-01", to: "2019-12-31", isNegated: false },
    { kind: "added", from: undefined, to: "2020-02-29", isNegated: false },
    { kind: "box", south: -10.5, west: 170, north: 10, east: -170, isNegated: false },
    { kind: "box", south: 1, west: 2, north: 3, east: 4, name: "Italy", isNegated: false },
    {
      kind: "near",
      latitude: 33.7,
      longitude: -95.6,
      radiusKm: 30,
      name: "Paris, Texas",
      isNegated: false,
    },
    { kind: "near", latitude: -33.9, longitude: 18.4, radiusKm: 2.5, isNegated: true },
    { kind: "shape", shape: "portrait", isNegated: false },
    { kind: "size", least: 2, most: undefined, isNegated: false },
    { kind: "colour", colour: "teal", isNegated: true },
    { kind: "metadata", key: "camera.model", value: { "a=b": [1, "x"] }, isNegated: false },
    { kind: "metadata", key: "year", value: "2019", isNegated: false },
    { kind: "name", text: "IMG_", isNegated: false },
    { kind: "objects", label: "hot dog", least: 3, most: 3, isNegated: false },
    { kind: "objects", label: "dog", least: 0, most: undefined, isNegated: true },
  ],
  labelsAre: "all",
  order: "taken",
  isRelevantOnly: true,
  isCollapsed: true,
  isOfObjects: true,
};

test("brings every part and its order back from the URL", () => {
  expect(fromSearchString(toSearchString({ query: QUERY }))).toEqual({ query: QUERY });
});

test("brings the open input back", () => {
  const address = { query: QUERY, view: "in/1" };
  expect(fromSearchString(toSearchString(address))).toEqual(address);
});

test("reads like a sentence", () => {
  const terms = QUERY.terms.slice(2, 3);
  expect(toSearchString({ query: { ...EVERYTHING, terms, caption: "on a beach" } })).toBe(
    "?not-concept=cat&caption=on+a+beach",
  );
});

test("is empty for everything", () => {
  expect(toSearchString({ query: EVERYTHING })).toBe("");
  expect(fromSearchString("")).toEqual({ query: EVERYTHING });
});

test.each([
  "?utm=1&not-caption=x&concept=&view=",
  "?concept*0=a&concept*x=b&status=lost&shape=round&colour=beige&order=random",
  "?taken=..&taken=2019-99-99..&size=..&size=a..b&box=1,2,3&box=91,0,0,0&near=1,2&near=1,2,0&near=0,181,5&meta.=1",
])("ignores what it does not know: %s", (text) => {
  expect(fromSearchString(text)).toEqual({ query: EVERYTHING });
});
