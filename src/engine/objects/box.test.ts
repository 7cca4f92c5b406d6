import { describe, expect, test } from "vitest";
import { type Box, boxAround, clipBox, overlapOf } from "./box.ts";

const box = (left: number, top: number, right: number, bottom: number): Box => ({
  left,
  top,
  right,
  bottom,
});

describe("a box", () => {
  test("lies around its centre", () => {
    expect(boxAround(0.5, 0.25, 0.5, 0.25)).toEqual(box(0.25, 0.125, 0.75, 0.375));
  });

  test("is cut at the picture's edges, and gone beside them", () => {
    expect(clipBox(box(-0.5, 0.5, 0.5, 1.5))).toEqual(box(0, 0.5, 0.5, 1));
    expect(clipBox(box(1, 0, 1.5, 1))).toBeUndefined();
    expect(clipBox(box(0.5, 0.5, 0.4, 0.6))).toBeUndefined(); // right of its own right edge
    expect(clipBox(box(Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY, 1))).toEqual(
      box(0, 0, 1, 1),
    );
  });

  test.each([
    [box(0, 0, 1, 1), box(0, 0, 1, 1), 1],
    [box(0, 0, 0.5, 1), box(0.5, 0, 1, 1), 0],
    [box(0, 0, 0.2, 0.2), box(0.8, 0.8, 1, 1), 0],
    [box(0, 0, 0.5, 1), box(0.25, 0, 0.75, 1), 1 / 3],
    [box(0, 0, 1, 1), box(0.25, 0.25, 0.75, 0.75), 0.25],
  ])("overlaps another one: %j, %j", (one, other, expected) => {
    expect(overlapOf(one, other)).toBeCloseTo(expected, 10);
    expect(overlapOf(other, one)).toBeCloseTo(expected, 10);
  });
});
