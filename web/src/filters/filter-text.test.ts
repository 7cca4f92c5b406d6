import { expect, test } from "vitest";
import type { Filter, FilterValue } from "../filter.ts";
import { toFilterText } from "./filter-text.ts";

const names = { dataset: (id: string) => (id === "rome" ? "Rome 2019" : undefined) };
const say = (filter: FilterValue, isNegated = false) =>
  toFilterText({ ...filter, isNegated } as Filter, names);
const taken = (from?: string, to?: string) => say({ kind: "taken", from, to });

test("calls whole years and months by their name", () => {
  expect(taken("2019-01-01", "2019-12-31")).toBe("taken 2019");
  expect(taken("2018-01-01", "2019-12-31")).toBe("taken 2018 to 2019");
  expect(taken("2020-02-01", "2020-02-29")).toBe("taken Feb 2020");
  expect(taken("2020-02-01", "2020-02-28")).toBe("taken 1 Feb 2020 to 28 Feb 2020");
});

test("says single days, ranges and open ends", () => {
  expect(taken("2019-06-01", "2019-06-01")).toBe("taken 1 Jun 2019");
  expect(taken("2019-06-01", "2019-06-14")).toBe("taken 1 Jun 2019 to 14 Jun 2019");
  expect(taken("2019-06-01")).toBe("taken since 1 Jun 2019");
  expect(taken(undefined, "2019-06-01")).toBe("taken until 1 Jun 2019");
  expect(say({ kind: "added", from: "2019-01-01", to: "2019-12-31" })).toBe("added 2019");
});

test("says what is not wanted", () => {
  expect(say({ kind: "label", name: "cat" }, true)).toBe("not label cat");
  expect(say({ kind: "dataset", id: "rome" }, true)).toBe("not in Rome 2019");
});

test("calls a dataset by its name, or by its id as long as it has none", () => {
  expect(say({ kind: "dataset", id: "rome" })).toBe("in Rome 2019");
  expect(say({ kind: "dataset", id: "oslo" })).toBe("in oslo");
});

test.each<[FilterValue, string]>([
  [{ kind: "unlabeled" }, "unlabelled"],
  [{ kind: "unassigned" }, "in no dataset"],
  [{ kind: "placed" }, "with a place"],
  [{ kind: "type", format: "jpeg" }, "JPEG"],
  [{ kind: "status", status: "pending" }, "being indexed"],
  [{ kind: "box", south: 0, west: 0, north: 1, east: 1 }, "in this area"],
  [{ kind: "near", latitude: 0, longitude: 0, radiusKm: 30, name: "Rome" }, "taken near Rome"],
  [{ kind: "box", south: 0, west: 0, north: 1, east: 1, name: "Italy" }, "taken in Italy"],
  [{ kind: "near", latitude: 0, longitude: 0, radiusKm: 2.5 }, "within 2.5 km of a place"],
  [{ kind: "shape", shape: "portrait" }, "portrait"],
  [{ kind: "size", least: 2, most: undefined }, "over 2 MP"],
  [{ kind: "size", least: undefined, most: 12 }, "under 12 MP"],
  [{ kind: "size", least: 2, most: 12 }, "2 to 12 MP"],
  [{ kind: "colour", colour: "teal" }, "teal"],
  [{ kind: "metadata", key: "season", value: "winter" }, "season: winter"],
  [{ kind: "metadata", key: "size", value: { w: 1 } }, 'size: {"w":1}'],
  [{ kind: "name", text: "IMG_" }, "name contains “IMG_”"],
  [{ kind: "objects", label: "dog", least: 1, most: undefined }, "dog"],
  [{ kind: "objects", label: "dog", least: 2, most: undefined }, "2 or more dogs"],
  [{ kind: "objects", label: "person", least: 3, most: 3 }, "3 people"],
  [{ kind: "objects", label: "dog", least: 1, most: 1 }, "1 dog"],
  [{ kind: "objects", label: "bus", least: 2, most: 4 }, "2 to 4 buses"],
  [{ kind: "objects", label: "bus", least: 0, most: 4 }, "up to 4 buses"],
  [{ kind: "objects", label: "bus", least: 0, most: 0 }, "no buses"],
])("%o is %s", (filter, words) => {
  expect(say(filter)).toBe(words);
});

test("cuts long values", () => {
  const value = "a".repeat(10_000);
  expect(say({ kind: "metadata", key: "note", value }).length).toBeLessThan(80);
});
