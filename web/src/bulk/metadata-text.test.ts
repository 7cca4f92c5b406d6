import { expect, test } from "vitest";
import { parseMetadata, toDifference } from "./metadata-text.ts";

test("takes an object, and nothing as an empty one", () => {
  expect(parseMetadata('{"a": [1, {"b": null}]}').metadata).toEqual({ a: [1, { b: null }] });
  expect(parseMetadata("  ")).toEqual({ metadata: {}, problem: "" });
});

test.each(["3", '"text"', "null", "[1]", "true", "hello"])("%s is no object", (typed) => {
  expect(parseMetadata(typed).problem).toMatch(/^Metadata must be a JSON object/);
});

test("says where an object is broken", () => {
  expect(parseMetadata('{"a": }').problem).toMatch(/^This is no valid JSON: /);
});

test("finds what was set and what was removed", () => {
  const before = { kept: { deep: [1] }, changed: 1, gone: "x" };
  const after = { kept: { deep: [1] }, changed: 2, fresh: null };
  expect(toDifference(before, after)).toEqual({
    set: { changed: 2, fresh: null },
    remove: ["gone"],
  });
});

test("an object that changed is made anew: merged, it would keep what it lost", () => {
  const before = { trip: { year: 2019, days: 3 } };
  expect(toDifference(before, { trip: { year: 2019 } })).toEqual({
    set: { trip: { year: 2019 } },
    remove: ["trip"],
  });
});
