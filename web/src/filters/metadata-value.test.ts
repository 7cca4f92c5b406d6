import { expect, test } from "vitest";
import { toMetadataValue, toTyped } from "./metadata-value.ts";

test.each<[string, unknown]>([
  ["winter", "winter"],
  [" two words ", "two words"],
  ["2019", 2019],
  ['"2019"', "2019"],
  ["true", true],
  ['{"a":[1]}', { a: [1] }],
  ["{broken", "{broken"],
])("%s is %o", (typed, value) => {
  expect(toMetadataValue(typed, [])).toEqual(value);
});

test("takes the type that the metadata have", () => {
  expect(toMetadataValue("2019", ["2018", "2019"])).toBe("2019");
  expect(toMetadataValue("2019", [2019])).toBe(2019);
});

test("what is suggested comes back as it was", () => {
  for (const value of ["winter", "2019", 2019, true, null, { a: 1 }, ["x"], ""]) {
    expect(toMetadataValue(toTyped(value), [])).toEqual(value);
  }
});
