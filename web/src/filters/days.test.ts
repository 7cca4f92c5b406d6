import { expect, test } from "vitest";
import { isInDays, lastDays, thisYear, toBars, toYears } from "./days.ts";

test("the last seven days end today and cross months", () => {
  expect(lastDays(7, new Date(2020, 2, 3, 23, 59))).toEqual({
    from: "2020-02-26",
    to: "2020-03-03",
  });
  expect(thisYear(new Date(2020, 2, 3))).toEqual({ from: "2020-01-01", to: "2020-12-31" });
});

test("years may be given in any order", () => {
  expect(toYears(2019, 2017)).toEqual({ from: "2017-01-01", to: "2019-12-31" });
});

test("a year is in a range that touches it", () => {
  expect(isInDays(2019, { from: "2019-12-31", to: undefined })).toBe(true);
  expect(isInDays(2019, { from: "2020-01-01", to: undefined })).toBe(false);
  expect(isInDays(2019, { from: undefined, to: "2019-01-01" })).toBe(true);
  expect(isInDays(2019, { from: undefined, to: "2018-12-31" })).toBe(false);
});

test("bars show years without pictures, oldest first", () => {
  const years = [
    { year: 2020, count: 5 },
    { year: 2018, count: 2 },
  ];
  expect(toBars(years).map(({ count }) => count)).toEqual([2, 0, 5]);
});

test("bars leave gaps out where a scan of 1900 would make a hundred of them", () => {
  const years = [
    { year: 2020, count: 5 },
    { year: 1900, count: 1 },
  ];
  expect(toBars(years).map(({ year }) => year)).toEqual([1900, 2020]);
  expect(toBars([])).toEqual([]);
});
