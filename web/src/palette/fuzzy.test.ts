import { expect, test } from "vitest";
import { scoreMatch } from "./fuzzy.ts";

const LABELS = ["Inputs", "Explore", "Saved searches", "Save this search", "Settings", "New app"];

function best(typed: string): readonly string[] {
  return LABELS.map((label) => ({ label, score: scoreMatch(label, typed) }))
    .filter((one): one is { label: string; score: number } => one.score !== undefined)
    .sort((a, b) => b.score - a.score)
    .map(({ label }) => label);
}

test("puts what starts so first", () => {
  expect(best("set")[0]).toBe("Settings");
  expect(best("exp")).toEqual(["Explore"]);
});

test("matches the first letters of words", () => {
  expect(best("sts")[0]).toBe("Save this search");
  expect(best("na")[0]).toBe("New app");
});

test("prefers a word that starts so to letters here and there", () => {
  expect(best("sear").slice(0, 2)).toEqual(["Saved searches", "Save this search"]);
});

test("prefers the shorter of two equal matches", () => {
  expect(best("save")[0]).toBe("Saved searches");
});

test("finds nothing where a letter is missing, and everything for nothing", () => {
  expect(best("xyz")).toEqual([]);
  expect(best("")).toHaveLength(LABELS.length);
});

test("takes letters of any script", () => {
  expect(scoreMatch("Été à Paris", "ÉTÉ")).toBeGreaterThan(0);
  expect(scoreMatch("שלום עולם", "עו")).toBeGreaterThan(0);
});
