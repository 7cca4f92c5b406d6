// The gazetteer that the build writes.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readPlaces } from "../src/read-places.ts";
import { middleOf, type PlaceArea } from "../src/sentence/gazetteer.ts";
import { understand } from "../src/sentence/sentence.ts";

const FILE = new URL("../dist/sentence/gazetteer.json", import.meta.url);
const findPlace = await readPlaces();
const areaOf = (text: string) => understand(text, new Date(), { findPlace }).place?.area;

test("is small enough to load while somebody types", () => {
  expect(gzipSync(readFileSync(FILE), { level: 9 }).length).toBeLessThan(150_000);
});

test.each([
  ["in New York", 40.7, -74],
  ["in paris", 48.9, 2.3],
  ["in Köln", 50.9, 7],
  ["in Cologne", 50.9, 7],
  ["in munich", 48.1, 11.6],
  ["in Vienna", 48.2, 16.4],
  ["in Valencia", 39.5, -0.4],
  ["in Cambridge, MA", 42.4, -71.1],
  ["in Birmingham, Alabama", 33.5, -86.8],
  ["in Washington, D.C.", 38.9, -77],
  ["in St. Petersburg", 59.9, 30.3],
  ["in Bangalore", 13, 77.6],
  ["near Lake Como", 46, 9.3],
  ["in Nice", 43.7, 7.3],
])("%s", (text, latitude, longitude) => {
  const found = middleOf(areaOf(text)!);
  expect(Math.abs(found.latitude - latitude)).toBeLessThan(0.1);
  expect(Math.abs(found.longitude - longitude)).toBeLessThan(0.1);
});

test.each([
  ["in Italy", 41.9, 12.5, 52.5, 13.4],
  ["in the USA", 34, -118.2, 21.3, -157.9],
  ["in france", 48.9, 2.3, 4.9, -52.3],
  ["in Russia", 43.1, 131.9, 35.7, 139.7],
  ["in California", 37.8, -122.4, 47.6, -122.3],
  ["in Malaysia", 1.6, 110.3, -6.2, 106.8],
  ["in England", 51.5, -0.1, 56.8, -5.1],
])("%s has one place and not the other", (text, latitude, longitude, elsewhere, far) => {
  const area = areaOf(text);
  expect(isIn(area, latitude, longitude)).toBe(true);
  expect(isIn(area, elsewhere, far)).toBe(false);
});

test.each([
  "in turkey",
  "in nice weather",
  "in Orange",
  "in bath",
  "in reading",
  "in us",
  "in Love",
  "in split",
])("no place: %s", (text) => {
  expect(areaOf(text)).toBeUndefined();
});

function isIn(area: PlaceArea | undefined, latitude: number, longitude: number): boolean {
  if (!area || "radiusKm" in area) return false;
  const { south, west, north, east } = area;
  return south <= latitude && latitude <= north && west <= longitude && longitude <= east;
}
