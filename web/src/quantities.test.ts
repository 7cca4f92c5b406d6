import { expect, test } from "vitest";
import { toAgeText, toDurationText, toSizeText } from "./quantities.ts";

test.each([
  [0, "0 byte"],
  [999, "999 byte"],
  [1000, "1 kB"],
  [1_234_567, "1.2 MB"],
  [123_456_789, "123 MB"],
])("%d bytes is %s", (sizeBytes, text) => {
  expect(toSizeText(sizeBytes)).toBe(text);
});

test.each([
  [0, "now"],
  [59, "now"],
  [60, "1 minute ago"],
  [86_400, "yesterday"],
])("%d seconds ago is %s", (seconds, text) => {
  expect(toAgeText(new Date(0), seconds * 1000)).toBe(text);
});

test.each([
  [0.2, "1 s"],
  [90, "2 min"],
  [7200, "2 h"],
])("%d seconds take %s", (seconds, text) => {
  expect(toDurationText(seconds)).toBe(text);
});
