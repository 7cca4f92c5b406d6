import { expect, test } from "vitest";
import { toNamesText } from "./names-text.ts";

const named = (...names: string[]) => names.map((name) => ({ name }));

test("names up to three, and counts the rest", () => {
  expect(toNamesText(named("corgi"))).toBe("“corgi”");
  expect(toNamesText(named("a", "b", "c"))).toBe("“a”, “b”, and “c”");
  expect(toNamesText(named("a", "b", "c", "d", "e"))).toBe("“a”, “b”, “c”, and 2 more");
});
