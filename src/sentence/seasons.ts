// Seasons of the northern half of the earth -> days.
import { type Days, localDay } from "./parse-days.ts";

/** First and last month; winter ends in the year after. */
const SEASONS = new Map([
  ["spring", [3, 5]],
  ["summer", [6, 8]],
  ["autumn", [9, 11]],
  ["fall", [9, 11]],
  ["winter", [12, 2]],
] as const);

export type Season = typeof SEASONS extends ReadonlyMap<infer Name, unknown> ? Name : never;

export function isSeason(name: string): name is Season {
  return SEASONS.has(name as Season);
}

/** `year`: the one that it begins in. */
export function seasonDays(name: Season, year: number): Days {
  const [first, last] = SEASONS.get(name) ?? [1, 12];
  const end = new Date(last < first ? year + 1 : year, last, 0);
  return { from: localDay(new Date(year, first - 1, 1)), to: localDay(end) };
}
