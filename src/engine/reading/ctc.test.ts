import { expect, test } from "vitest";
import { classesOf, decodeCtc } from "./ctc.ts";

const CLASSES = classesOf("a\nb\n");

/** Each step: the class of a character ("-": blank) and its probability. */
function stepsOf(characters: string, probability = 0.8): Float32Array {
  const rows = Array.from(characters, (character) => {
    const best = character === "-" ? 0 : CLASSES.indexOf(character);
    return CLASSES.map((_, i) => (i === best ? probability : (1 - probability) / 3));
  });
  return Float32Array.from(rows.flat());
}

test("classes are a blank, the characters and a space", () => {
  expect(CLASSES).toEqual(["", "a", "b", " "]);
});

test("a character that is a kind of space is kept", () => {
  expect(classesOf("a\n\u3000\nb")).toEqual(["", "a", "\u3000", "b", " "]);
});

test.each([
  ["aab", "ab"],
  ["a-a", "aa"],
  ["-aa--ab-", "aab"],
  ["a b", "a b"],
])("%s is read as %s", (steps, text) => {
  expect(decodeCtc(stepsOf(steps), CLASSES).text).toBe(text);
});

test("confidence is the mean of what is kept: blanks and repeats do not count", () => {
  const steps = Float32Array.from([
    ...stepsOf("a", 0.9),
    ...stepsOf("a", 0.6),
    ...stepsOf("-", 1),
    ...stepsOf("b", 0.7),
  ]);
  expect(decodeCtc(steps, CLASSES).confidence).toBeCloseTo(0.8);
});

test("blanks alone are no text with no confidence", () => {
  expect(decodeCtc(stepsOf("---"), CLASSES)).toEqual({ text: "", confidence: 0 });
});
