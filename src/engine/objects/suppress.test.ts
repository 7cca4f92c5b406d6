import { expect, test } from "vitest";
import { suppress } from "./suppress.ts";

const at = (left: number, confidence: number, classId = 0) => ({
  classId,
  confidence,
  box: { left, top: 0, right: left + 0.4, bottom: 1 },
});
const half = { overlapMax: 0.5, limit: 100 };

test("leaves the best of those that overlap, best first", () => {
  const [low, best, beside] = [at(0, 0.6), at(0.05, 0.9), at(0.6, 0.7)];
  expect(suppress([low, best, beside], half)).toEqual([best, beside]);
});

test("compares with what is kept, not with what is gone", () => {
  // Each overlaps the next by more than half, the outer ones each other by a quarter.
  const [left, middle, right] = [at(0, 0.9), at(0.12, 0.8), at(0.24, 0.7)];
  expect(suppress([left, middle, right], half)).toEqual([left, right]);
});

test("does not compare classes, and keeps what overlaps by just as much as it may", () => {
  const [one, other] = [at(0, 0.9), at(0, 0.8, 1)];
  expect(suppress([one, other], half)).toEqual([one, other]);
  const twins = [at(0, 0.9), at(0, 0.8)];
  expect(suppress(twins, { overlapMax: 1, limit: 100 })).toEqual(twins);
});

test("stops at the limit; equals stay in their order", () => {
  const many = Array.from({ length: 5000 }, (_, i) => at(i, 0.5));
  expect(suppress(many, half)).toEqual(many.slice(0, 100));
});
