import { expect, test } from "vitest";
import {
  fitted,
  isInView,
  moved,
  toBox,
  toBoxAround,
  toPlace,
  toPoint,
  type View,
  WORLD,
  zoomed,
} from "./map-view.ts";

const SIZE = { width: 600, height: 400 };
const OSLO = { latitude: 59.9, longitude: 10.7 };

test("a point of the map is a place, and back", () => {
  const view: View = { latitude: 50, longitude: 10, zoom: 8 };
  const place = toPlace(view, SIZE, toPoint(view, SIZE, OSLO));
  expect(place.latitude).toBeCloseTo(OSLO.latitude, 9);
  expect(place.longitude).toBeCloseTo(OSLO.longitude, 9);
});

test("what is under the pointer stays there while it zooms", () => {
  const at = { x: 420, y: 120 };
  const view: View = { latitude: 40, longitude: 10, zoom: 4 };
  const before = toPlace(view, SIZE, at);
  const after = toPoint(zoomed(view, SIZE, 2, at), SIZE, before);
  expect(after.x).toBeCloseTo(at.x, 3);
  expect(Math.abs(after.y - at.y)).toBeLessThan(2);
});

test("zooms out no further than the world and shows nothing beyond the poles", () => {
  expect(zoomed(WORLD, SIZE, 0.01, { x: 0, y: 0 }).zoom).toBeCloseTo(0.75, 6);
  const phone = { width: 390, height: 700 };
  const whole = zoomed(WORLD, phone, 0.01, { x: 0, y: 0 });
  expect(toPlace(whole, phone, { x: 390, y: 0 }).longitude - whole.longitude).toBeCloseTo(180, 6);
  const north = moved({ ...WORLD, zoom: 4 }, SIZE, { x: 0, y: 99_999 });
  expect(toPlace(north, SIZE, { x: 0, y: 0 }).latitude).toBeLessThanOrEqual(90);
  expect(toPoint(north, SIZE, { latitude: 90, longitude: 0 }).y).toBeCloseTo(0, 6);
});

test("moves around the world", () => {
  const view = moved({ ...WORLD, longitude: 179 }, SIZE, { x: -10, y: 0 });
  expect(view.longitude).toBeLessThan(-170);
});

test("fits a box, also one across the date line", () => {
  const fiji = { south: -20, west: 177, north: -12, east: -178 };
  const view = fitted(fiji, SIZE);
  expect(view.longitude).toBeCloseTo(179.5, 6);
  const corner = toPoint(view, SIZE, { latitude: -12, longitude: 177 });
  expect(corner.x).toBeGreaterThan(0);
  expect(corner.y).toBeGreaterThan(0);
});

test("a box is in view where it is whole and no speck", () => {
  const europe = { south: 35, west: -10, north: 70, east: 40 };
  const rome = { south: 41.8, west: 12.4, north: 42, east: 12.6 };
  expect(isInView(europe, WORLD, SIZE)).toBe(true);
  expect(isInView(europe, { latitude: 40, longitude: 150, zoom: 1 }, SIZE)).toBe(false);
  expect(isInView(rome, WORLD, SIZE)).toBe(false);
  expect(isInView(rome, fitted(rome, SIZE), SIZE)).toBe(true);
});

test("one place keeps its surroundings", () => {
  const box = toBoxAround([OSLO]);
  expect(box && fitted(box, SIZE).zoom).toBe(24);
});

test("the box around Fiji and Samoa crosses the date line, that around Europe does not", () => {
  const [fiji, samoa] = [
    { latitude: -18, longitude: 178 },
    { latitude: -14, longitude: -172 },
  ];
  expect(toBoxAround([fiji, samoa])).toEqual({ south: -18, west: 178, north: -14, east: -172 });
  expect(toBoxAround([OSLO, { latitude: 41.9, longitude: 12.5 }])).toEqual({
    south: 41.9,
    west: 10.7,
    north: 59.9,
    east: 12.5,
  });
  expect(toBoxAround([])).toBeUndefined();
});

test("a drag across the date line is a box whose west is greater than its east", () => {
  const box = toBox({ latitude: 10, longitude: 170 }, { latitude: -10, longitude: 190 });
  expect(box).toEqual({ south: -10, west: 170, north: 10, east: -170 });
});

test("a drag around the whole world is the whole world", () => {
  const box = toBox({ latitude: 10, longitude: -200 }, { latitude: -10, longitude: 190 });
  expect(box).toMatchObject({ west: -180, east: 180 });
});
