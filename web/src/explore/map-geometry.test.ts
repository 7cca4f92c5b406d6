import { expect, test } from "vitest";
import { toMap, toScreen, whole, zoomed } from "./camera.ts";
import { placeLabels } from "./labels.ts";
import { scaleColour } from "./map-colours.ts";
import { PointGrid } from "./point-grid.ts";

const x = Float32Array.from({ length: 400 }, (_, i) => i % 20);
const y = Float32Array.from({ length: 400 }, (_, i) => Math.floor(i / 20));
const SIZE = { width: 800, height: 600 };

test("the grid finds the nearest point, and none that is too far", () => {
  const grid = new PointGrid(x, y);
  expect(grid.nearest({ x: 7.2, y: 3.1 }, 1)).toBe(3 * 20 + 7);
  expect(grid.nearest({ x: 7.5, y: 3.5 }, 0.4)).toBeUndefined();
  expect(new PointGrid(new Float32Array(), new Float32Array()).nearest({ x: 0, y: 0 }, 1)).toBe(
    undefined,
  );
});

test("a lasso holds what lies inside its line, dents included", () => {
  const grid = new PointGrid(x, y);
  const dented = [
    { x: 0.5, y: 0.5 },
    { x: 4.5, y: 0.5 },
    { x: 2.5, y: 2.5 },
    { x: 4.5, y: 4.5 },
    { x: 0.5, y: 4.5 },
  ];
  const inside = new Set(grid.inside(dented));
  expect(inside.has(20 + 1)).toBe(true);
  expect(inside.has(2 * 20 + 4)).toBe(false); // in the dent
  expect([...inside].every((point) => x[point]! < 4.5 && y[point]! < 4.5)).toBe(true);
});

test("the camera shows all points, and zooms around the pointer", () => {
  const camera = whole(x, y, SIZE);
  for (const point of [0, 19, 380, 399]) {
    const at = toScreen(camera, { x: x[point]!, y: y[point]! });
    expect(at.x >= 0 && at.x <= SIZE.width && at.y >= 0 && at.y <= SIZE.height).toBe(true);
  }
  const pointer = { x: 100, y: 200 };
  const near = zoomed(camera, 3, pointer, camera);
  expect(toMap(near, pointer).x).toBeCloseTo(toMap(camera, pointer).x);
  expect(toMap(near, pointer).y).toBeCloseTo(toMap(camera, pointer).y);
  expect(zoomed(camera, 1e9, pointer, camera).scale).toBeLessThan(1e6);
});

test("names do not lie over one another; the larger cluster keeps its name", () => {
  const camera = { scale: 1, left: 0, top: 0 };
  const names = [
    { id: 1, text: "small", count: 2, x: 200, y: 100 },
    { id: 2, text: "large", count: 9, x: 210, y: 105 },
    { id: 3, text: "elsewhere", count: 1, x: 500, y: 300 },
  ];
  const placed = placeLabels(names, camera, SIZE, (text) => text.length * 8);
  expect(placed.map(({ id }) => id)).toEqual([2, 3]);
});

test("the scale grows lighter with the value in the dark, darker in the light", () => {
  const lightness = (colour: number) =>
    0.3 * (colour >> 16) + 0.59 * ((colour >> 8) & 255) + 0.11 * (colour & 255);
  const steps = [0, 0.25, 0.5, 0.75, 1];
  const dark = steps.map((value) => lightness(scaleColour(value, "dark")));
  const light = steps.map((value) => lightness(scaleColour(value, "light")));
  expect(dark).toEqual([...dark].sort((a, b) => a - b));
  expect(light).toEqual([...light].sort((a, b) => b - a));
});
