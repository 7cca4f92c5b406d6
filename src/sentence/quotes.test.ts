import { expect, test } from "vitest";
import { findCounts } from "./counts.ts";
import { understand } from "./sentence.ts";

const all = (text: string) => understand(text, new Date(2026, 2, 16, 12), { findCounts });

test.each([
  ['"happy birthday" cake', "happy birthday cake", ["happy birthday"]],
  ['a sign "STOP" at night', "a sign STOP at night", ["STOP"]],
  ["a sign “Bus stop”", "a sign Bus stop", ["Bus stop"]],
  ["a sign ”Hållplats”", "a sign Hållplats", ["Hållplats"]],
  ["„Ausfahrt freihalten“", "Ausfahrt freihalten", ["Ausfahrt freihalten"]],
  ["„Ausfahrt freihalten”", "Ausfahrt freihalten", ["Ausfahrt freihalten"]],
  ["une porte « Entrée »", "une porte Entrée", ["Entrée"]],
  ["eine Tür »Eingang«", "eine Tür Eingang", ["Eingang"]],
  ["「出口」の看板", "出口の看板", ["出口"]],
  ["a cake with 'happy birthday'", "a cake with happy birthday", ["happy birthday"]],
  ["a cake ‘happy birthday’ on a table", "a cake happy birthday on a table", ["happy birthday"]],
  ["a shirt ‘don’t panic’", "a shirt don’t panic", ["don’t panic"]],
  ["a shirt 'don't panic'", "a shirt don't panic", ["don't panic"]],
  ['"no parking"', "no parking", ["no parking"]],
  ["a sign “open in 2019”", "a sign open in 2019", ["open in 2019"]],
  ['"a" and "b"', "a and b", ["a", "b"]],
  ['"3 dogs" poster', "3 dogs poster", ["3 dogs"]],
  ['" STOP " sign', "STOP sign", ["STOP"]],
  ['posters ("SALE")', "posters (SALE)", ["SALE"]],
])("%s", (text, caption, phrases) => {
  expect(all(text)).toMatchObject({ caption, phrases, rest: text, avoided: [], counts: [] });
});

test.each([
  'an open "quote',
  "don't panic",
  "5' tall",
  "a 5' x 6' rug",
  'a 27" or 32" monitor',
  "dogs' and cats' bowls",
  "rock 'n' roll",
  "'tis the season, isn't it'",
  "a party in the '80s and '90s",
  "an empty pair ''",
  "o'clock o'clock",
  "the boys' and girls' room",
])("no quotes: %s", (text) => {
  expect(all(text)).toMatchObject({ caption: text, phrases: [] });
});

test.each(['an empty "" pair', '"..."', 'a wall without "graffiti"', 'not the "SALE" sign'])(
  "nothing to be written: %s",
  (text) => {
    expect(all(text).phrases).toEqual([]);
  },
);

test("nothing is read across quotes, and what is left can be read again", () => {
  const { rest, ...first } = all('in "Rome" 2019, cats without "dogs" cats "without you" in 2018');
  expect(first).toMatchObject({ avoided: [], taken: { from: "2018-01-01" } });
  expect(rest).toBe('in "Rome" 2019, cats without "dogs" cats "without you"');
  expect(all(rest)).toMatchObject({ rest, phrases: first.phrases, caption: first.caption });
});
