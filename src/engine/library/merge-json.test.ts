import { expect, test } from "vitest";
import { mergeJson, withoutKeys } from "./merge-json.ts";

test("merges key by key at any depth and replaces the rest", () => {
  const old = { a: 1, b: { c: [1, 2], d: { e: 1 } }, f: { g: 1 } };
  expect(mergeJson(old, { b: { c: [3], d: { h: 2 } }, f: null, i: {} })).toEqual({
    a: 1,
    b: { c: [3], d: { e: 1, h: 2 } },
    f: null,
    i: {},
  });
  expect(mergeJson({ a: 1 }, { a: { b: 1 } })).toEqual({ a: { b: 1 } });
  expect(mergeJson({ a: [{ id: "x", b: 1 }] }, { a: [{ id: "x" }] })).toEqual({
    a: [{ id: "x" }],
  });
});

test("merges lists of things with ids by them, if asked", () => {
  const old = { data: { regions: [{ id: "x", box: { top: 1, left: 2 } }, { id: "y" }] } };
  const fresh = { data: { regions: [{ id: "z" }, { id: "x", box: { top: 3 } }] } };
  expect(mergeJson(old, fresh, "byId")).toEqual({
    data: { regions: [{ id: "x", box: { top: 3, left: 2 } }, { id: "y" }, { id: "z" }] },
  });
  expect(mergeJson({ list: [1] }, { list: [2] }, "byId")).toEqual({ list: [2] });
});

test("takes away the keys that are named", () => {
  const old = { a: 1, b: { c: 1, d: { e: 1, f: 2 } }, g: { h: 1 } };
  expect(withoutKeys(old, { b: { d: { e: "any" } }, g: {}, missing: 1 })).toEqual({
    a: 1,
    b: { c: 1, d: { f: 2 } },
  });
  expect(withoutKeys(old, { b: 0, a: { deeper: 1 } })).toEqual({ g: { h: 1 } });
});

test("a key called __proto__ is a key", () => {
  const evil = JSON.parse('{"__proto__": {"polluted": 1}}');
  expect(JSON.stringify(mergeJson({ a: 1 }, evil))).toBe('{"a":1,"__proto__":{"polluted":1}}');
  expect(withoutKeys(evil, evil)).toEqual(JSON.parse('{"__proto__": {}}'));
  expect({}).not.toHaveProperty("polluted");
});
