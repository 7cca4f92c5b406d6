// Days as YYYY-MM-DD: presets, years, and which years a range covers.

export type Days = { readonly from: string | undefined; readonly to: string | undefined };

type YearCount = { readonly year: number; readonly count: number };

/** Gaps wider than this are not drawn year by year. */
const SPAN_MAX = 40;

/** The last `count` days, today included, on the clock of whoever looks. */
export function lastDays(count: number, now: Date): Days {
  const first = new Date(now.getFullYear(), now.getMonth(), now.getDate() - count + 1);
  return { from: toDay(first), to: toDay(now) };
}

export function thisYear(now: Date): Days {
  return toYears(now.getFullYear(), now.getFullYear());
}

/** Both whole; in any order. */
export function toYears(first: number, last: number): Days {
  const [from, to] = [Math.min(first, last), Math.max(first, last)].map(toFourDigits);
  return { from: `${from}-01-01`, to: `${to}-12-31` };
}

export function isSameDays(a: Days, b: Days): boolean {
  return a.from === b.from && a.to === b.to;
}

/** Some day of the year lies in the range. */
export function isInDays(year: number, { from, to }: Days): boolean {
  const [first, last] = [`${toFourDigits(year)}-01-01`, `${toFourDigits(year)}-12-31`];
  return (from === undefined || from <= last) && (to === undefined || to >= first);
}

/** Oldest first, years without pictures between them too, unless that would be too many. */
export function toBars(years: readonly YearCount[]): readonly YearCount[] {
  const known = years.toSorted((a, b) => a.year - b.year);
  const [oldest, newest] = [known[0]?.year, known.at(-1)?.year];
  if (oldest === undefined || newest === undefined || newest - oldest >= SPAN_MAX) return known;
  const counts = new Map(known.map(({ year, count }) => [year, count]));
  return Array.from({ length: newest - oldest + 1 }, (_, step) => {
    return { year: oldest + step, count: counts.get(oldest + step) ?? 0 };
  });
}

/** "" is no day. A field gives nothing else than whole days. */
export function fromField(day: string): string | undefined {
  return day === "" ? undefined : day;
}

function toDay(date: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${toFourDigits(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function toFourDigits(year: number): string {
  return String(year).padStart(4, "0");
}
