import { expect, test } from "vitest";
import { captionSearch } from "./caption-search.ts";

const NOW = new Date(2026, 2, 16, 12);

test("what is not wanted counts against the caption; days end with the next one's start", () => {
  expect(captionSearch("snow without people in 2019", NOW)).toEqual({
    ranks: [
      { kind: "text", text: "snow", weight: 1 },
      { kind: "text", text: "people", weight: -0.5 },
    ],
    filters: [
      {
        anyOf: [
          {
            kind: "date",
            of: "taken",
            from: new Date("2019-01-01T00:00:00Z"),
            to: new Date("2020-01-01T00:00:00Z"),
          },
        ],
      },
    ],
  });
});

test("a caption that says only when, or what not, ranks by no words", () => {
  expect(captionSearch("before 2019", NOW)).toEqual({
    ranks: [],
    filters: [{ anyOf: [{ kind: "date", of: "taken", to: new Date("2019-01-01T00:00:00Z") }] }],
  });
  expect(captionSearch("without people", NOW).ranks).toEqual([
    { kind: "text", text: "people", weight: -0.5 },
  ]);
});

test("where and how it looks become filters", () => {
  const area = { latitude: 41.9, longitude: 12.5, radiusKm: 40 };
  const findPlace = () => ({ start: 2, end: 4, place: { name: "Rome", area } });
  expect(captionSearch("flower panorama in Rome, mostly red", NOW, { findPlace })).toEqual({
    ranks: [{ kind: "text", text: "flower", weight: 1 }],
    filters: [
      { anyOf: [{ kind: "radius", center: { latitude: 41.9, longitude: 12.5 }, radiusKm: 40 }] },
      { anyOf: [{ kind: "colour", colours: ["red"] }] },
      { anyOf: [{ kind: "shape", shapes: ["panorama"] }] },
    ],
  });
  const italy = { south: 36.7, west: 6.6, north: 47.1, east: 18.5 };
  const findCountry = () => ({ start: 0, end: 2, place: { name: "Italy", area: italy } });
  const corners = [
    { latitude: 36.7, longitude: 6.6 },
    { latitude: 47.1, longitude: 18.5 },
  ];
  expect(captionSearch("in Italy", NOW, { findPlace: findCountry })).toEqual({
    ranks: [],
    filters: [{ anyOf: [{ kind: "box", corners }] }],
  });
});

test("an empty caption stays one, for the engine to refuse", () => {
  expect(captionSearch("  ", NOW).ranks).toEqual([{ kind: "text", text: "", weight: 1 }]);
});

test("counts what the detector knows, and leaves the words to the encoder", () => {
  const objectLabels = ["dog", "person"];
  const ranks = (text: string) => [{ kind: "text", text, weight: 1 }];
  expect(captionSearch("two dogs and 3 zebras", NOW, { objectLabels })).toEqual({
    ranks: ranks("two dogs and 3 zebras"),
    filters: [{ anyOf: [{ kind: "objects", label: "dog", least: 2, most: 2 }] }],
  });
  expect(captionSearch("at least 3 people", NOW, { objectLabels }).filters).toEqual([
    { anyOf: [{ kind: "objects", label: "person", least: 3 }] },
  ]);
  expect(captionSearch("two dogs", NOW).filters).toEqual([]);
});
