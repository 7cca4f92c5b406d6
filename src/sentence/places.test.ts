import { describe, expect, test } from "vitest";
import { findCounts } from "./counts.ts";
import { type GazetteerFile, openGazetteer } from "./gazetteer.ts";
import { placeFinder } from "./places.ts";
import { understand } from "./sentence.ts";

/** Name, latitude, longitude, size; by key, the largest of a name first. */
const CITIES = [
  ["Bath", 51.38, -2.36, 1],
  ["Berlin", 52.52, 13.42, 4],
  ["Cambridge", 52.2, 0.12, 2],
  ["Cambridge", 42.38, -71.1, 2],
  ["London", 51.5, -0.12, 5],
  ["Nice", 43.7, 7.26, 2],
  ["New York", 40.72, -74, 5],
  ["Paris", 48.86, 2.34, 4],
  ["Paris", 33.66, -95.56, 1],
  ["Reading", 51.46, -0.98, 2],
  ["Rome", 41.9, 12.52, 4],
  ["Saint Petersburg", 59.94, 30.32, 5],
  ["Tokyo", 35.68, 139.7, 5],
  ["Ulm", 48.4, 10, 1],
  ["Washington, D.C.", 38.9, -77.04, 3],
  ["Xi’an", 34.26, 108.92, 5],
  ["Zürich", 47.36, 8.56, 2],
] as const;

const digits = (degrees: number) =>
  Math.round(degrees * 50)
    .toString(36)
    .padStart(3, "0");
const FILE: GazetteerFile = {
  areas: [
    "France|41.4 -4.8 51.1 9.6",
    "Italy|36.7 6.6 47.1 18.5",
    "Japan|24.3 123.7 45.5 145.8",
    "Turkey|35.8 25.7 42.1 44.8",
    "China|18.2 73.6 53.6 134.8",
    "Netherlands|50.8 3.3 53.6 7.2",
    "USA|24.5 -124.7 49.4 -67",
    "US|24.5 -124.7 49.4 -67",
    "New York|40.5 -79.8 45 -71.9",
    "Texas|25.8 -106.6 36.5 -93.5",
    "TX|25.8 -106.6 36.5 -93.5",
    "Massachusetts|41.2 -73.5 42.9 -69.9",
    "Lake Como|46.02 9.26 25",
  ],
  names: CITIES.map(([name]) => name).join("|"),
  latitudes: CITIES.map(([, latitude]) => digits(latitude + 90)).join(""),
  longitudes: CITIES.map(([, , longitude]) => digits(longitude + 180)).join(""),
  sizes: CITIES.map(([, , , size]) => size).join(""),
  capital: "nice bath reading turkey china us tx",
};
const findPlace = placeFinder(openGazetteer(FILE));
const all = (text: string) =>
  understand(text, new Date(2026, 2, 16, 12), { findPlace, findCounts });

test.each([
  ["snow in New York", "snow", "New York"],
  ["snow in new york", "snow", "New York"],
  ["snow in New York at night", "snow at night", "New York"],
  ["in Berlin", "", "Berlin"],
  ["dogs near Paris", "dogs", "Paris"],
  ["dogs near paris, sleeping", "dogs, sleeping", "Paris"],
  ["boats around Lake Como", "boats", "Lake Como"],
  ["a street close to Tokyo", "a street", "Tokyo"],
  ["a street not far from Rome", "a street", "Rome"],
  ["cafés in downtown London", "cafés", "London"],
  ["trains across Japan", "trains", "Japan"],
  ["the sea in Nice", "the sea", "Nice"],
  ["a church in Bath", "a church", "Bath"],
  ["a church in Reading.", "a church", "Reading"],
  ["tulips in the Netherlands", "tulips", "Netherlands"],
  ["tulips in the netherlands", "tulips", "Netherlands"],
  ["tulips in Netherlands", "tulips", "Netherlands"],
  ["a diner in the USA", "a diner", "USA"],
  ["a diner in the US", "a diner", "US"],
  ["tea in China", "tea", "China"],
  ["boats in Turkey in 2019", "boats", "Turkey"],
  ["churches in St. Petersburg", "churches", "Saint Petersburg"],
  ["churches in st petersburg", "churches", "Saint Petersburg"],
  ["the mall in Washington, D.C.", "the mall", "Washington, D.C."],
  ["the mall in Washington D.C. at night", "the mall at night", "Washington, D.C."],
  ["trams in Zurich", "trams", "Zürich"],
  ["trams in Zürich", "trams", "Zürich"],
  ["walls in Xi'an", "walls", "Xi’an"],
  ["a minster in Ulm", "a minster", "Ulm"],
  ["a tower in Paris, Texas", "a tower", "Paris, Texas"],
  ["a tower in Paris, TX", "a tower", "Paris, TX"],
  ["a tower in Paris France", "a tower", "Paris, France"],
  ["a college in Cambridge, Massachusetts", "a college", "Cambridge, Massachusetts"],
  ["photos taken in Berlin", "photos", "Berlin"],
  ["photos from Japan", "photos", "Japan"],
  ["cats in Rome without people", "cats", "Rome"],
  ["cats in Rome yesterday", "cats", "Rome"],
  ["cats in Rome (old)", "cats (old)", "Rome"],
])("%s", (text, caption, name) => {
  expect(all(text)).toMatchObject({ caption, place: { name } });
});

test.each([
  "turkey sandwich",
  "a turkey in the oven",
  "tea in turkey cups",
  "china plate",
  "a plate in china",
  "in the nice house",
  "in nice weather",
  "reading in bed",
  "a woman reading",
  "in reading glasses",
  "a duck in bath",
  "in a bath",
  "orange",
  "Paris",
  "Paris Hilton",
  "a map of Berlin",
  "the flag of Japan",
  "a man from Japan",
  "food from Italy",
  "in a Paris café",
  "in Paris Saint-Germain shirts",
  "a London bus",
  "in London buses",
  "a cat in New Yorker style",
  "in New York's subway",
  "in Paris and London",
  "in Paris, London or Rome",
  "in Paris, Massachusetts",
  "a minster in ulm",
  "in us",
  "Snow In Nice Weather",
  "Snow In Nice",
  "in love",
  "in it",
  "in the morning",
  "in",
  "near",
  "around the corner",
  "near a lake",
  'in "Rome"',
])("stays: %s", (text) => {
  expect(all(text)).toMatchObject({ caption: text.replaceAll('"', ""), place: undefined });
});

describe("a place is", () => {
  test("30 km around a city, more around larger ones", () => {
    const areaOf = (text: string) => all(text).place?.area;
    expect(areaOf("in Bath")).toEqual({ latitude: 51.38, longitude: -2.36, radiusKm: 30 });
    expect(areaOf("in Berlin")).toEqual({ latitude: 52.52, longitude: 13.42, radiusKm: 40 });
    expect(areaOf("in Tokyo")).toEqual({ latitude: 35.68, longitude: 139.7, radiusKm: 50 });
  });

  test("a box around a country", () => {
    const area = { south: 36.7, west: 6.6, north: 47.1, east: 18.5 };
    expect(all("in Italy").place).toEqual({ name: "Italy", area });
  });

  test("the largest city of a name, unless more is said", () => {
    expect(all("in Cambridge").place?.area).toMatchObject({ latitude: 52.2 });
    expect(all("in Cambridge, USA").place?.area).toMatchObject({ latitude: 42.38 });
    expect(all("in Paris, Texas").place?.area).toMatchObject({ latitude: 33.66 });
  });

  test("nowhere without a gazetteer", () => {
    const { caption, place } = understand("snow in Berlin", new Date());
    expect([caption, place]).toEqual(["snow in Berlin", undefined]);
  });
});

test("all at once", () => {
  expect(all('mostly white photos, "SALE", 3 dogs without cats in Rome last summer')).toEqual({
    caption: "photos, SALE, 3 dogs",
    rest: 'photos, "SALE", 3 dogs',
    avoided: ["cats"],
    phrases: ["SALE"],
    counts: [{ noun: "dogs", least: 3, most: 3, text: "3 dogs" }],
    taken: { from: "2025-06-01", to: "2025-08-31" },
    place: { name: "Rome", area: { latitude: 41.9, longitude: 12.52, radiusKm: 40 } },
    colours: ["white"],
    shapes: [],
  });
});

test.each(["In New York ", "in ", "the in ", "St. ", "in Washington, D.C., "])(
  "10,000 characters take no time: %s",
  (text) => {
    const long = text.repeat(10_000 / text.length);
    all(long);
    const began = performance.now();
    all(long);
    expect(performance.now() - began).toBeLessThan(200);
  },
);
