import { expect, test } from "vitest";
import { EVERYTHING, ofConcept } from "../query.ts";
import { countOf, IDS_MAX, toBulkTargets, toSample } from "./target.ts";

const ids = Array.from({ length: IDS_MAX + 1 }, (_, n) => `${n}`);

test("sends no more ids at once than the server takes", () => {
  expect(toBulkTargets({ ids: ids.slice(0, IDS_MAX) })).toHaveLength(1);
  const [first, second] = toBulkTargets({ ids });
  expect(first).toEqual({ ids: ids.slice(0, IDS_MAX) });
  expect(second).toEqual({ ids: ["10000"] });
});

test("all results are the search itself, without what was left out", () => {
  const all = { query: ofConcept("dog"), total: 9, excluded: new Set<string>() };
  const ranks = [{ kind: "concept", name: "dog", weight: 1 }];
  expect(toBulkTargets({ all })).toMatchObject([{ search: { ranks, filters: [] } }]);
  expect(countOf({ all })).toBe(9);
  const fewer = { all: { ...all, excluded: new Set(["x", "y"]) } };
  const filters = [{ any_of: [{ kind: "ids", ids: ["x", "y"] }], negate: true }];
  expect(toBulkTargets(fewer)).toMatchObject([{ search: { ranks, filters } }]);
  expect(countOf(fewer)).toBe(7);
});

test("samples no more than a filter takes", () => {
  expect(toSample({ ids })).toEqual({
    filters: [{ any_of: [{ kind: "ids", ids: ids.slice(0, 200) }] }],
  });
  expect(toSample({ all: { query: EVERYTHING, total: 3, excluded: new Set() } })).toMatchObject({
    filters: [],
  });
});
