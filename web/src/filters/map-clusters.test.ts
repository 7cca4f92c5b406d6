import { expect, test } from "vitest";
import { toClusterBox, toClusters } from "./map-clusters.ts";
import { type View, WORLD } from "./map-view.ts";

const SIZE = { width: 600, height: 300 };
const OSLO = { latitude: 59.9, longitude: 10.7, inputId: "oslo" };
const BERGEN = { latitude: 60.4, longitude: 5.3, count: 3, inputId: "bergen" };
const SYDNEY = { latitude: -33.9, longitude: 151.2 };

test("places that would cover each other are one mark with all their pictures", () => {
  const clusters = toClusters([OSLO, BERGEN, SYDNEY], WORLD, SIZE);
  expect(clusters.map(({ count }) => count)).toEqual([4, 1]);
});

test("closer, they are marks of their own", () => {
  const view: View = { latitude: 60, longitude: 8, zoom: 32 };
  const counts = toClusters([OSLO, BERGEN, SYDNEY], view, SIZE).map(({ count }) => count);
  expect(counts).toEqual([3, 1, 1]);
});

test("moving the map changes no cluster", () => {
  const points = Array.from({ length: 200 }, (_, i) => {
    return { latitude: (i * 37) % 80, longitude: ((i * 91) % 360) - 180 };
  });
  const counts = (longitude: number) =>
    toClusters(points, { latitude: 20, longitude, zoom: 3 }, SIZE).map(({ count }) => count);
  expect(counts(120)).toEqual(counts(-30));
});

test("neighbours at the date line are one mark", () => {
  const points = [
    { latitude: 0, longitude: 179.9 },
    { latitude: 0, longitude: -179.9 },
  ];
  const clusters = toClusters(points, WORLD, SIZE);
  expect(clusters).toHaveLength(1);
  const box = clusters[0] && toClusterBox(clusters[0], WORLD, SIZE);
  expect(box?.west).toBeGreaterThan(box?.east ?? 180);
});

test("the box of a mark holds all its places", () => {
  const [first] = toClusters([OSLO, BERGEN], WORLD, SIZE);
  const box = first && toClusterBox(first, WORLD, SIZE);
  expect(box?.south).toBeLessThan(59.9);
  expect(box?.north).toBeGreaterThan(60.4);
  expect(box?.west).toBeLessThan(5.3);
  expect(box?.east).toBeGreaterThan(10.7);
});
