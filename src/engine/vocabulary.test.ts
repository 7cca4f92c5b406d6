import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bestMatches, toMatch } from "./concept-match.ts";
import { parsePublicIds, parseVocabulary } from "./vocabulary.ts";

const read = (name: string) =>
  readFileSync(new URL(`./vocabulary/${name}`, import.meta.url), "utf8");
const own = parseVocabulary(read("concepts.txt"));
const publicIds = parsePublicIds(read("public-ids.txt"));
const entries = parseVocabulary(read("concepts.txt"), publicIds);
const named = (name: string) => entries.find((entry) => entry.name === name);

test("concepts take the ids that Clarifai's clients know them by", () => {
  expect(named("dog")?.id).toBe("ai_8S2Vq3cR");
  expect(named("train")?.id).toBe("ai_HLmqFqBf");
  expect(named("railway station")?.id).toBe("ai_6kTjGfF6");
});

test("keep the ids that they had before, and those of their synonyms", () => {
  const before = own.find(({ name }) => name === "dog")!.id;
  expect(before).not.toBe("ai_8S2Vq3cR");
  expect(named("dog")?.otherIds).toContain(before);
  expect(named("dog")?.otherIds).toContain("ai_M6pVRDsX"); // canine
  expect(named("railway tracks")?.otherIds).toContain("ai_fvlBqXZR"); // railway
});

test("have ids of their own, each meaning one concept", () => {
  const ids = entries.flatMap(({ id, otherIds }) => [id, ...otherIds]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => /^ai_\w{8}$/.test(id))).toBe(true);
  expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(ids.length);
});

test("every name that the table of public ids uses for one of ours is one of ours", () => {
  const words = new Set(
    entries.flatMap(({ name, synonyms }) => [name, ...synonyms]).map((word) => word.toLowerCase()),
  );
  const lines = read("public-ids.txt").split("\n");
  const ours = lines.flatMap((line) => /^ai_.* = (.+)$/.exec(line)?.[1] ?? []);
  expect(ours.length).toBeGreaterThan(20);
  expect(ours.filter((name) => !words.has(name.toLowerCase()))).toEqual([]);
});

test("there are many, each word of one concept alone", () => {
  expect(own.length).toBeGreaterThan(8000);
  const words = own.flatMap(({ name, synonyms }) => [name, ...synonyms]);
  const folded = words.map((word) => word.toLowerCase());
  const twice = folded.filter((word, i) => folded.indexOf(word) !== i);
  expect(twice).toEqual([]);
});

test("are kinds of each other, in no circle", () => {
  const byName = new Map(own.map((entry) => [entry.name, entry]));
  const unknown = own.flatMap(({ parents }) => parents.filter((parent) => !byName.has(parent)));
  expect(unknown).toEqual([]);
  const ancestors = (name: string, below: readonly string[] = []): readonly string[] => {
    if (below.includes(name)) throw new Error(`${name} is a kind of itself`);
    const parents = byName.get(name)?.parents ?? [];
    return parents.flatMap((parent) => [parent, ...ancestors(parent, [...below, name])]);
  };
  for (const { name } of own) ancestors(name);
  expect(ancestors("puppy")).toEqual(expect.arrayContaining(["dog", "mammal", "animal"]));
  expect(ancestors("station wagon")).toContain("vehicle");
});

test("parents of a section hold unless a concept says otherwise", () => {
  const text =
    "[birds < bird] a {} | the {}\nbird < -\neagle: erne\n~ cage < thing, bird\n[x] {}\nthing";
  expect(parseVocabulary(text).map(({ name, parents, isRare }) => [name, parents, isRare])).toEqual(
    [
      ["bird", [], false],
      ["eagle", ["bird"], false],
      ["cage", ["thing", "bird"], true],
      ["thing", [], false],
    ],
  );
  const [, eagle, cage] = parseVocabulary(text);
  expect(eagle!.prompts).toEqual(["an eagle", "the eagle", "an erne"]);
  expect(cage!.prompts).toEqual(["a cage"]);
});

test("a line that is none is named", () => {
  expect(() => parsePublicIds("# fine\nai_12345678")).toThrow("line 2");
  expect(() => parseVocabulary("dog")).toThrow("line 1");
});

test("patterns are prefixes of words, or have wildcards", () => {
  const items = ["dog", "hot dog", "doghouse", "bulldog"].map((name) => ({ name }));
  const found = (pattern: string) => bestMatches(items, toMatch(pattern)).map(({ name }) => name);
  expect(found("dog")).toEqual(["dog", "doghouse", "hot dog"]);
  expect(found("#DOG")).toEqual(found("dog"));
  expect(found("*dog")).toEqual(["dog", "bulldog", "hot dog"]);
  const rare = [{ name: "doe", isRare: true }, { name: "door" }, { name: "dough", isRare: true }];
  const offered = (prefix: string) => bestMatches(rare, toMatch(prefix)).map(({ name }) => name);
  expect([offered("do"), offered("doe")]).toEqual([["door", "doe", "dough"], ["doe"]]);
  expect(found("do*e")).toEqual(["doghouse"]);
  expect(() => toMatch("x".repeat(257))).toThrow("256");
  expect(toMatch("x".repeat(256))("y")).toBe(Number.POSITIVE_INFINITY);
});
