import { expect, test } from "vitest";
import { randomMetadata } from "../../../test/fixtures/collection.ts";
import { Random } from "../../../test/fixtures/random.ts";
import { contains, necessaryText } from "./metadata-match.ts";

const photo = {
  Breed: "Saint Bernard",
  size: 1,
  none: null,
  somelist: [1, 2, { a: 1, b: 2 }],
  somenesting: { list2: [4, 5], deeper: { yes: true } },
};

test.each([
  {},
  { Breed: "Saint Bernard" },
  { size: 1.0, none: null },
  { somelist: [2, 1, 1] },
  { somelist: [{ b: 2 }] },
  { somelist: [] },
  { somenesting: { list2: [5] } },
  { somenesting: {}, Breed: "Saint Bernard" },
])("%j is in it", (part) => {
  expect(contains(photo, part)).toBe(true);
});

test.each([
  { Breed: "saint bernard" },
  { breed: "Saint Bernard" },
  { size: "1" },
  { size: {} },
  { none: 0 },
  { missing: null },
  { somelist: [1, 3] },
  { somelist: 1 },
  { somelist: { 0: 1 } },
  { somenesting: { list2: [5], deeper: { yes: false } } },
  { deeper: { yes: true } },
  { toString: {} },
  JSON.parse('{"__proto__": {}}'),
])("%j is not in it", (part) => {
  expect(contains(photo, part)).toBe(false);
});

test("the necessary text is in whatever contains the part", () => {
  const random = new Random(1);
  let found = 0;
  for (let i = 0; i < 20_000; i++) {
    const [whole, part] = [randomMetadata(random), randomMetadata(random)];
    if (!contains(whole, part)) continue;
    found++;
    expect(JSON.stringify(whole)).toContain(necessaryText(part));
  }
  expect(found).toBeGreaterThan(1000);
});

test("the necessary text is the longest that can be told", () => {
  expect(necessaryText({})).toBe("");
  expect(necessaryText({ a: "Saint Bernard", b: 1 })).toBe('"a":"Saint Bernard"');
  expect(necessaryText({ camera: { lens: [{ mm: 50 }] } })).toBe('"camera":');
  expect(necessaryText({ 'a"b': "ü\n" })).toBe('"a\\"b":"ü\\n"');
});
