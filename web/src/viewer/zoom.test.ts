import { expect, test } from "vitest";
import { movedBy, toDetailScale, toFitted, WHOLE, zoomAt } from "./zoom.ts";

const STAGE = { width: 1000, height: 600 };
const PICTURE = { width: 4000, height: 3000 };
const FITTED = toFitted(PICTURE, STAGE);

test("a whole picture touches two edges of the stage", () => {
  expect(FITTED).toEqual({ width: 800, height: 600 });
  expect(toFitted({ width: 10, height: 1 }, STAGE)).toEqual({ width: 1000, height: 100 });
  expect(toFitted({ width: 0, height: 0 }, STAGE)).toEqual(STAGE);
});

test("what is under the pointer stays there", () => {
  const point = { x: 120, y: -80 };
  const before = zoomAt(WHOLE, 4, { x: 0, y: 0 }, FITTED, STAGE);
  const after = zoomAt(before, 1.5, point, FITTED, STAGE);
  const partOf = ({ scale, x, y }: typeof before) => [(point.x - x) / scale, (point.y - y) / scale];
  expect(partOf(after)[0]).toBeCloseTo(partOf(before)[0] ?? 0);
  expect(partOf(after)[1]).toBeCloseTo(partOf(before)[1] ?? 0);
});

test("never smaller than the whole, and back in the middle there", () => {
  const close = movedBy({ scale: 4, x: 0, y: 0 }, 500, 500, FITTED, STAGE);
  expect(zoomAt(close, 0.01, { x: 300, y: 200 }, FITTED, STAGE)).toEqual(WHOLE);
});

test("a drag ends where the picture ends", () => {
  expect(movedBy({ scale: 2, x: 0, y: 0 }, 9999, -9999, FITTED, STAGE)).toEqual({
    scale: 2,
    x: 300, // (800 * 2 - 1000) / 2
    y: -300, // (600 * 2 - 600) / 2
  });
  expect(movedBy(WHOLE, 50, 50, FITTED, STAGE)).toEqual(WHOLE);
});

test("details are as large as they were taken, and at least twice the whole", () => {
  expect(toDetailScale(PICTURE, FITTED)).toBe(5);
  expect(toDetailScale({ width: 400, height: 300 }, FITTED)).toBe(2);
});
