// "2019", "2019-06", "2019-06-01..2019-06-14", "2019..", "today" -> the first and the last day of it.

/** Days as YYYY-MM-DD, inclusive; undefined where it is open. */
export type Days = { readonly from: string | undefined; readonly to: string | undefined };

const DAY_MS = 86_400_000;
const PART = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/;
const EARLIEST_YEAR = 1800;

/** @param now what "today" means, in the time zone of whoever looks */
export function parseDays(text: string, now: Date): Days | undefined {
  const [first = "", last, ...more] = text.toLowerCase().split("..");
  if (more.length > 0) return undefined;
  const from = toDays(first, now);
  if (last === undefined) return from;
  const to = toDays(last, now);
  // What is written but is no day makes the whole no range.
  if ((first !== "" && !from) || (last !== "" && !to) || !(from || to)) return undefined;
  if (from?.from && to?.to && from.from > to.to) return undefined;
  return { from: from?.from, to: to?.to };
}

function toDays(text: string, now: Date): Days | undefined {
  if (text === "today") return oneDay(localDay(now));
  if (text === "yesterday") return oneDay(localDay(new Date(now.getTime() - DAY_MS)));
  const [, year = "", month, day] = PART.exec(text) ?? [];
  if (Number(year) < EARLIEST_YEAR) return undefined;
  if (month === undefined) return { from: `${year}-01-01`, to: `${year}-12-31` };
  const start = `${year}-${two(month)}`;
  if (day !== undefined) {
    const exact = `${start}-${two(day)}`;
    return isDay(exact) ? oneDay(exact) : undefined;
  }
  return isDay(`${start}-01`)
    ? { from: `${start}-01`, to: `${start}-${lastDayOf(year, month)}` }
    : undefined;
}

function oneDay(day: string): Days {
  return { from: day, to: day };
}

// Date.parse takes 30 February for 2 March.
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

// Day 0 of the month after it.
function lastDayOf(year: string, month: string): number {
  return new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
}

/** As YYYY-MM-DD, in the time zone of this machine. */
export function localDay(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function two(part: string | number): string {
  return String(part).padStart(2, "0");
}
