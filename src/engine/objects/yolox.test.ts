import { describe, expect, test } from "vitest";
import { cellsOf, yoloxCandidates } from "./yolox.ts";

describe("YOLOX's output", () => {
  const input = { widthPx: 64, heightPx: 32 };
  const row = (...values: readonly number[]) => values;

  test("has a row for each cell of three grids", () => {
    expect(cellsOf({ widthPx: 640, heightPx: 640 })).toBe(8400);
    expect(cellsOf(input)).toBe(32 + 8 + 2);
  });

  test.each([
    // place, stride, column, row
    [0, 8, 0, 0],
    [7, 8, 7, 0],
    [8, 8, 0, 1],
    [31, 8, 7, 3],
    [32, 16, 0, 0],
    [37, 16, 1, 1],
    [41, 32, 1, 0],
  ])("row %d is of stride %d at %d, %d", (place, stride, column, line) => {
    const rows = new Float32Array(42 * 7);
    rows.set(row(0.5, 0.25, Math.log(2), 0, 0.9, 0.2, 0.8), place * 7);
    const [found, ...others] = yoloxCandidates(rows, input, 0.4);
    expect(others).toEqual([]);
    const [x, y] = [(column + 0.5) * stride, (line + 0.25) * stride];
    expect(found).toEqual({
      classId: 1,
      confidence: expect.closeTo(0.72, 6),
      box: {
        left: expect.closeTo((x - stride) / 64, 6),
        top: expect.closeTo((y - stride / 2) / 32, 6),
        right: expect.closeTo((x + stride) / 64, 6),
        bottom: expect.closeTo((y + stride / 2) / 32, 6),
      },
    });
  });

  test("is sure only if both the place and the class are", () => {
    const rows = new Float32Array(42 * 7);
    rows.set(row(0, 0, 0, 0, 0.9, 0.3, 0), 0);
    rows.set(row(0, 0, 0, 0, 0.3, 0.9, 0), 7);
    rows.set(row(0, 0, 0, 0, 3, 3, 0), 14);
    expect(yoloxCandidates(rows, input, 0.4)).toMatchObject([{ confidence: 1 }]);
  });
});
