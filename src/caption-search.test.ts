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

test("an empty caption stays one, for the engine to refuse", () => {
  expect(captionSearch("  ", NOW).ranks).toEqual([{ kind: "text", text: "", weight: 1 }]);
});
