import { describe, expect, test } from "vitest";
import { toLayout } from "./layout.ts";
import {
  DIVIDER_PX,
  firstOf,
  lastOf,
  neighbourAcross,
  rowAt,
  rowOf,
  toPlace,
  topOf,
  toRows,
} from "./rows.ts";

const layout = toLayout(596, 96); // 6 columns of 96 px

describe.each([
  [100, undefined],
  [100, 0],
  [100, 1],
  [100, 42],
  [100, 48],
  [100, 99],
  [100, 100],
  [5, 3],
  [1, undefined],
])("%d results with a divider behind %s", (total, relevant) => {
  const rows = toRows(layout, total, relevant);

  test("each stands in one row, and rows in their order", () => {
    const indexes = Array.from({ length: rows.count }, (_, row) => row).flatMap((row) => {
      const [first, last] = [firstOf(rows, row), lastOf(rows, row)];
      return Array.from({ length: last - first + 1 }, (_, step) => first + step);
    });
    expect(indexes).toEqual(Array.from({ length: total }, (_, index) => index));
    for (const index of indexes) {
      const row = rowOf(rows, index);
      expect(index).toBeGreaterThanOrEqual(firstOf(rows, row));
      expect(index).toBeLessThanOrEqual(lastOf(rows, row));
    }
  });

  test("an offset within a row is in that row", () => {
    for (let row = 0; row < rows.count; row++) {
      expect(rowAt(rows, topOf(rows, row))).toBe(row);
      expect(rowAt(rows, topOf(rows, row) + layout.tilePx - 1)).toBe(row);
    }
    expect(rowAt(rows, -500)).toBe(0);
    expect(rowAt(rows, 1e9)).toBe(rows.count - 1);
  });

  test("the page ends where the last row ends", () => {
    const place = toPlace(rows, total - 1);
    expect(rows.heightPx).toBeCloseTo(place.top + place.height);
  });
});

test("the divider has room of its own, and a new row begins below it", () => {
  const rows = toRows(layout, 100, 8);
  expect(toPlace(rows, 7)).toMatchObject({ left: layout.rowPx, top: layout.rowPx });
  expect(toPlace(rows, 8)).toMatchObject({ left: 0, top: 2 * layout.rowPx + DIVIDER_PX });
});

test("walking down from a short row goes on below the divider, and up again", () => {
  const rows = toRows(layout, 100, 8);
  expect(neighbourAcross(rows, 5, 1)).toBe(7); // the row of 6 and 7 is shorter
  expect(neighbourAcross(rows, 7, 1)).toBe(9);
  expect(neighbourAcross(rows, 9, -1)).toBe(7);
  expect(neighbourAcross(rows, 0, -1)).toBeUndefined();
  expect(neighbourAcross(rows, 99, 1)).toBeUndefined();
});
