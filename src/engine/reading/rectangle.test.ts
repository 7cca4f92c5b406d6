import { expect, test } from "vitest";
import {
  cornersOf,
  hullOf,
  type Point,
  type Rectangle,
  smallestRectangle,
  unclip,
} from "./rectangle.ts";

const byX = (a: Point, b: Point) => a[0] - b[0] || a[1] - b[1];

test("the hull of a grid is its four corners", () => {
  const grid = Array.from({ length: 12 }, (_, i) => [i % 4, Math.floor(i / 4)] as const);
  expect([...hullOf(grid)].sort(byX)).toEqual([
    [0, 0],
    [0, 2],
    [3, 0],
    [3, 2],
  ]);
});

test("points on one line have a hull of two corners and a rectangle without height", () => {
  const hull = hullOf([0, 1, 2, 3].map((x) => [x, x / 2] as const));
  expect(hull).toHaveLength(2);
  const { width, height } = smallestRectangle(hull);
  expect(width).toBeCloseTo(Math.hypot(3, 1.5));
  expect(height).toBeCloseTo(0);
});

test("a single point has a rectangle of no size", () => {
  expect(smallestRectangle(hullOf([[3, 4]]))).toEqual({
    centre: [3, 4],
    width: 0,
    height: 0,
    angle: 0,
  });
});

test.each([0, 10, 30, 45, -10, -44])(
  "finds a rectangle that is tilted by %i degrees",
  (degrees) => {
    const drawn: Rectangle = {
      centre: [50, 20],
      width: 40,
      height: 6,
      angle: (degrees * Math.PI) / 180,
    };
    const found = smallestRectangle(hullOf(cornersOf(drawn)));
    expect(found.centre[0]).toBeCloseTo(50);
    expect(found.centre[1]).toBeCloseTo(20);
    expect(found.width).toBeCloseTo(40);
    expect(found.height).toBeCloseTo(6);
    expect(found.angle).toBeCloseTo(drawn.angle);
  },
);

test("a rectangle that stands upright is taller than wide", () => {
  const standing = cornersOf({ centre: [0, 0], width: 6, height: 40, angle: 0.1 });
  const found = smallestRectangle(hullOf(standing));
  expect(found.height).toBeCloseTo(40);
  expect(found.angle).toBeCloseTo(0.1);
});

test("unclip moves each side by area x ratio / perimeter", () => {
  const { width, height } = unclip({ centre: [0, 0], width: 30, height: 10, angle: 0 }, 1.8);
  expect(width).toBeCloseTo(30 + 2 * 6.75); // 300 x 1.8 / 80
  expect(height).toBeCloseTo(10 + 2 * 6.75);
});

test("corners go clockwise from the top left", () => {
  expect(cornersOf({ centre: [10, 10], width: 4, height: 2, angle: 0 })).toEqual([
    [8, 9],
    [12, 9],
    [12, 11],
    [8, 11],
  ]);
});
