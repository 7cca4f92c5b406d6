import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  acceptedLanguages,
  LANGUAGES,
  parseNames,
  readConceptNames,
  toLanguage,
} from "./concept-names.ts";
import { parseVocabulary } from "./vocabulary.ts";

const vocabulary = readFileSync(new URL("./vocabulary/concepts.txt", import.meta.url), "utf8");
const common = parseVocabulary(vocabulary).filter(({ isRare }) => !isRare);

test("every language names nearly every common concept, and nothing else", async () => {
  const known = new Set(common.map(({ name }) => name));
  for (const [language, names] of await readConceptNames()) {
    expect([...names.keys()].filter((name) => !known.has(name))).toEqual([]);
    expect(names.size / known.size, language).toBeGreaterThan(0.97);
  }
});

test.each([
  ["de", "dog", "Hund"],
  ["es", "dog", "perro"],
  ["fr", "dog", "chien"],
  ["it", "dog", "cane"],
  ["ja", "dog", "犬"],
  ["pt", "dog", "cachorro"],
  ["ru", "dog", "собака"],
  ["zh", "dog", "狗"],
  ["de", "bat (animal)", "Fledermaus"],
])("%s: %s is %s", async (language, english, name) => {
  expect((await readConceptNames()).get(language)?.get(english)).toContain(name);
});

test("a line may name several, the first to be shown", () => {
  expect(parseNames("dog = Hund; Köter\n\ncat = Katze\nbad line\nempty = ")).toEqual(
    new Map([
      ["dog", ["Hund", "Köter"]],
      ["cat", ["Katze"]],
    ]),
  );
});

test("languages are known by their first part", () => {
  expect(["", "en", "en-GB", "de-AT", "ZH_tw"].map(toLanguage)).toEqual([
    "en",
    "en",
    "en",
    "de",
    "zh",
  ]);
  expect(["xx", "english"].map(toLanguage)).toEqual([undefined, undefined]);
  expect(LANGUAGES.length).toBeGreaterThanOrEqual(5);
});

test.each([
  ["de-DE,de;q=0.9,en;q=0.8", ["de"]],
  ["en, fr;q=0.5, ja;q=0.7", ["ja", "fr"]],
  ["xx, *;q=0.1", []],
  ["fr;q=0", []],
  [undefined, []],
])("of %s: %s", (header, languages) => {
  expect(acceptedLanguages(header)).toEqual(languages);
});
