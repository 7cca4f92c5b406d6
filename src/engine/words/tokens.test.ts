import { describe, expect, test } from "vitest";
import { askedTokens, tokensOf } from "./tokens.ts";

describe("text becomes tokens", () => {
  test.each([
    ["IMG_Café-Paris2019.jpg", ["img", "cafe", "paris", "2019", "jpg"]],
    ["birthdayParty", ["birthday", "party"]],
    ["Straße ÆRØ Łódź", ["strasse", "aero", "lodz"]],
    ["don't", ["don", "t"]],
    ["東京タワー", ["東京", "京タ", "タワ", "ワー"]],
    ["犬", ["犬"]],
    ["Gate 3東口", ["gate", "3", "東口"]],
    ["Привет, Мир!", ["привет", "мир"]],
    ["  ... ", []],
    ['"); DROP TABLE words; --', ["drop", "table", "words"]],
    ["ＦＵＬＬ ｗｉｄｔｈ", ["full", "width"]],
  ])("%s", (text, tokens) => {
    expect(tokensOf(text)).toEqual(tokens);
  });

  test("of bounded number and length", () => {
    expect(tokensOf("a b ".repeat(10_000))).toHaveLength(2000);
    expect(tokensOf("x".repeat(1000))[0]).toHaveLength(40);
  });
});

test.each([
  ["a photo of the dog on a beach", ["dog", "beach"]],
  ["the the", ["the"]],
  ["the who", ["the", "who"]],
  ["ein Hund im Schnee", ["hund", "schnee"]],
])("of a caption, %s, what tells something is asked for", (caption, tokens) => {
  expect(askedTokens(caption)).toEqual(tokens);
});
