import { expect, test } from "vitest";
import { findHashToken, withoutHashToken } from "./hash-token.ts";

test("finds the concept that is being typed", () => {
  expect(findHashToken("#do", 3)).toEqual({ start: 0, end: 3, prefix: "do", isNegated: false });
});

test("opens on a bare #", () => {
  expect(findHashToken("on a beach #", 12)).toMatchObject({ start: 11, prefix: "" });
});

test("follows names with spaces", () => {
  expect(findHashToken("#hot do", 7)?.prefix).toBe("hot do");
});

test("reads -# as negated", () => {
  expect(findHashToken("-#cat", 5)).toMatchObject({ start: 0, prefix: "cat", isNegated: true });
});

test("looks only at what stands before the caret", () => {
  expect(findHashToken("#dog on sand", 4)?.prefix).toBe("dog");
});

test("leaves words with # inside alone", () => {
  expect(findHashToken("a book about C#", 15)).toBeUndefined();
});

test("takes the token out of the caption", () => {
  const text = "two #dog on sand";
  const token = findHashToken(text, 8);
  expect(token && withoutHashToken(text, token)).toBe("two on sand");
});
