import { expect, test } from "vitest";
import { parseVocabulary } from "./vocabulary.ts";
import { kindsByName } from "./vocabulary-kinds.ts";

const VOCABULARY = `
[animals < animal] a {}
animal < -
dog < animal, pet
poodle < dog
cat
[circles] a {}
hen < egg
egg < hen
`;

test("kinds of kinds are kinds, and nothing is a kind of itself", () => {
  const entries = parseVocabulary(VOCABULARY);
  const nameOf = new Map(entries.map(({ id, name }) => [id, name]));
  const kinds = new Map(
    [...kindsByName(entries)].map(([name, ids]) => [name, [...ids].map((id) => nameOf.get(id))]),
  );
  expect(kinds.get("animal")).toEqual(["dog", "poodle", "cat"]);
  expect(kinds.get("dog")).toEqual(["poodle"]);
  expect(kinds.get("cat")).toBeUndefined();
  expect(kinds.get("pet")).toBeUndefined(); // no concept of the vocabulary
  expect(kinds.get("hen")).toEqual(["egg"]);
  expect(kinds.get("egg")).toEqual(["hen"]);
});
