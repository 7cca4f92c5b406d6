import { describe, expect, test } from "vitest";
import { follow, toBarOffset, toPageOffset, toScale } from "./scroll-scale.ts";

const VIEW_PX = 800;
/** The least that every browser can scroll. */
const FIREFOX_PX = 17_895_697;
/** Pages of 100 results to 10 million, in rows of 3 on a phone. */
const PAGES_PX = [300, 4500, 4_500_000, 8_000_001, 45_000_000, 450_000_000];

/** The same numbers in 0..1 every time. */
function* fractions(count: number): Generator<number> {
  for (let step = 0; step <= count; step++) yield step / count;
}

describe.each(PAGES_PX)("a page of %d px", (pagePx) => {
  const scale = toScale(pagePx, VIEW_PX);
  const barEnd = Math.max(0, scale.barPx - VIEW_PX);
  const pageEnd = Math.max(0, pagePx - VIEW_PX);

  test("fits every browser", () => {
    expect(scale.barPx).toBeLessThan(FIREFOX_PX);
  });

  test("reaches both ends and never goes back on the way", () => {
    const offsets = [...fractions(1000)].map((part) => toPageOffset(scale, part * barEnd));
    expect(offsets[0]).toBe(0);
    expect(offsets.at(-1)).toBeCloseTo(pageEnd, 3);
    for (const [i, offset] of offsets.entries()) {
      expect(offset).toBeGreaterThanOrEqual(offsets[i - 1] ?? 0);
    }
  });

  test("finds the way back", () => {
    for (const part of fractions(997)) {
      const offset = part * pageEnd;
      expect(toPageOffset(scale, toBarOffset(scale, offset))).toBeCloseTo(offset, 3);
    }
  });

  test("a short scroll moves what is shown by as many pixels, wherever one is", () => {
    for (const part of fractions(97)) {
      const pageOffset = VIEW_PX + part * Math.max(0, pageEnd - 2 * VIEW_PX);
      if (pageOffset + 120 >= pageEnd) continue;
      const from = { barPx: toBarOffset(scale, pageOffset), pagePx: pageOffset };
      expect(follow(scale, from, from.barPx + 120).pagePx).toBeCloseTo(pageOffset + 120, 3);
      expect(follow(scale, from, from.barPx - 120).pagePx).toBeCloseTo(pageOffset - 120, 3);
    }
  });

  test("a far jump is where the scrollbar says", () => {
    const from = { barPx: 0, pagePx: 0 };
    for (const part of fractions(31)) {
      const barPx = part * barEnd;
      if (barPx <= 4 * VIEW_PX) continue;
      expect(follow(scale, from, barPx).pagePx).toBe(toPageOffset(scale, barPx));
    }
  });

  test("the ends of the bar are the ends of the page, however one came there", () => {
    expect(follow(scale, { barPx: 100, pagePx: 9000 }, 0).pagePx).toBe(0);
    const nearEnd = { barPx: barEnd - 1, pagePx: pageEnd - 500 };
    expect(follow(scale, nearEnd, barEnd).pagePx).toBeCloseTo(pageEnd, 3);
  });
});

test("the first and the last million pixels scroll one by one", () => {
  const scale = toScale(450_000_000, VIEW_PX);
  expect(toPageOffset(scale, 999_999)).toBe(999_999);
  expect(toBarOffset(scale, 450_000_000 - VIEW_PX - 5)).toBe(scale.barPx - VIEW_PX - 5);
});
