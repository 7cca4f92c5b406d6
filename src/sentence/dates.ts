// "in 2019", "June 2019", "from 2015 to 2018", "last summer" -> days. Only what is surely a date is one: "a 1957 Chevrolet",
// "Blade Runner 2049" and "built in 1890" stay words. Seasons are those of the northern half of the earth.
import { type Days, localDay, parseDays } from "./parse-days.ts";
import { isPhrase, type Word } from "./words.ts";

export type Dated = { readonly days: Days; readonly start: number; readonly end: number };

const MONTHS =
  "january february march april may june july august september october november december".split(
    " ",
  );
const SHORT_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
/** First and last month; winter ends in the year after. */
const SEASONS = new Map([
  ["spring", [3, 5]],
  ["summer", [6, 8]],
  ["autumn", [9, 11]],
  ["fall", [9, 11]],
  ["winter", [12, 2]],
] as const);
/** Before a date; what stands before them, too, when somebody took the picture. */
const BEFORE_DATE = ["in", "from", "of", "during", "on", "in the", "during the", "from the", "at"];
/** "today in the garden" is a day, "today show" a name. */
const BEHIND_DAY = new Set([",", ":", "at", "in", "on", "by", "near", "with"]);
const TAKEN = ["taken", "shot", "photographed", "pictured"];
const JOINS = new Set(["to", "and", "until", "till", "through", "-", "–"]);
/** A year behind these is one of the thing. */
const OF_THE_THING =
  "built made born founded established printed released published painted designed dated circa since model anno produced invented written drawn restored renovated opened closed died killed".split(
    " ",
  );
/** A number behind these is no year. */
const NUMBERED =
  "room number no windows office route highway model bus flight gate building apartment runner sheet page issue serie series class type unit peugeot bmw audi boeing odyssey expo euro top version vol volume".split(
    " ",
  );
const EARLIEST_YEAR = 1826; // the oldest photograph that is left
/** A year alone, at the end of a sentence, is a date only if cameras wrote dates then. */
const EARLIEST_ALONE = 1990;

/** The first date in a sentence. `now`: what "today" means, in the time zone of whoever looks. */
export function findDate(words: readonly Word[], now: Date): Dated | undefined {
  for (let at = 0; at < words.length; at++) {
    const found = relativeAt(words, at, now) ?? openAt(words, at, now) ?? rangeAt(words, at, now);
    const dated = found ?? plainAt(words, at, now);
    if (dated) return withTaken(words, dated);
  }
  return undefined;
}

type Found = { readonly days: Days; readonly length: number };

// "today", "last year", "three days ago", "in the last two weeks"
function relativeAt(words: readonly Word[], at: number, now: Date): Dated | undefined {
  const begin =
    at + prefixLength(words, at, ["in", "from", "in the", "during the", "over the", "of"]);
  const key = words[begin]?.key;
  const next = words[begin + 1]?.key ?? "";
  if (key === "today" || key === "yesterday") {
    const isEdge = begin === words.length - 1 || (begin === 0 && BEHIND_DAY.has(next));
    const isName = words[begin - 1]?.key === "usa";
    return isEdge && !isName ? dated(at, begin + 1, parseDays(key, now)) : undefined;
  }
  if ((key === "this" || key === "last") && ["week", "month", "year"].includes(next)) {
    return dated(at, begin + 2, unitDays(next, key === "last" ? 1 : 0, now));
  }
  if (key === "last" && SEASONS.has(next as "summer")) {
    return dated(at, begin + 2, lastSeason(next, now));
  }
  if (key === "last" || key === "past") {
    const span = spanAt(words, begin + 1);
    return (
      span &&
      dated(at, begin + 1 + span.length, { from: dayBefore(now, span.days), to: localDay(now) })
    );
  }
  const span = spanAt(words, begin);
  if (!span || words[begin + span.length]?.key !== "ago") return undefined;
  return dated(at, begin + span.length + 1, agoDays(span, now));
}

type TimeSpan = {
  readonly length: number;
  readonly days: number;
  readonly unit: string;
  readonly count: number;
};

// "two weeks", "a year"
function spanAt(words: readonly Word[], at: number): TimeSpan | undefined {
  const [count, unit] = [words[at]?.key ?? "", words[at + 1]?.key.replace(/s$/, "") ?? ""];
  const names = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
  const number =
    count === "a" ? 1 : /^\d{1,3}$/.test(count) ? Number(count) : names.indexOf(count) + 1;
  const daysOf = { day: 1, week: 7, month: 30, year: 365 }[unit];
  if (number < 1 || daysOf === undefined) return undefined;
  return { length: 2, days: number * daysOf, unit, count: number };
}

function agoDays({ unit, count, days }: TimeSpan, now: Date): Days {
  if (unit === "month" || unit === "year") return unitDays(unit, count, now);
  const from = dayBefore(now, days);
  return { from, to: unit === "week" ? dayBefore(now, days - 6) : from };
}

/** The week (from Monday), month or year that is `back` before this one. */
function unitDays(unit: string, back: number, now: Date): Days {
  if (unit === "week") {
    const monday = (now.getDay() + 6) % 7;
    const from = monday + 7 * back;
    return { from: dayBefore(now, from), to: dayBefore(now, from - 6) };
  }
  const [year, month] = [now.getFullYear(), now.getMonth()];
  const start = unit === "year" ? new Date(year - back, 0, 1) : new Date(year, month - back, 1);
  const end = unit === "year" ? new Date(year - back, 11, 31) : new Date(year, month - back + 1, 0);
  return { from: localDay(start), to: localDay(end) };
}

function lastSeason(name: string, now: Date): Days {
  const year = now.getFullYear();
  const ended = [year, year - 1, year - 2].map((one) => seasonDays(name, one));
  return ended.find(({ to = "" }) => to < localDay(now)) ?? ended[2]!;
}

function seasonDays(name: string, year: number): Days {
  const [first, last] = SEASONS.get(name as "summer") ?? [1, 12];
  const end = new Date(last < first ? year + 1 : year, last, 0);
  return { from: localDay(new Date(year, first - 1, 1)), to: localDay(end) };
}

// "since 2020", "before May 2015"
function openAt(words: readonly Word[], at: number, now: Date): Dated | undefined {
  const key = words[at]?.key ?? "";
  if (!["since", "after", "before", "until", "till"].includes(key)) return undefined;
  const found = dateAt(words, at + 1, now);
  if (!found) return undefined;
  const { from = "", to = "" } = found.days;
  return dated(at, at + 1 + found.length, openDays(key, from, to));
}

function openDays(word: string, from: string, to: string): Days {
  if (word === "since") return { from, to: undefined };
  if (word === "after") return { from: shifted(to, 1), to: undefined };
  return { from: undefined, to: word === "before" ? shifted(from, -1) : to };
}

// "from 2015 to 2018", "between June and August 2019", "2015-2018"
function rangeAt(words: readonly Word[], at: number, now: Date): Dated | undefined {
  const begin =
    at + prefixLength(words, at, ["from", "between", "in", "from the years", "in the years"]);
  const years = /^(\d{4})[-–](\d{4})$/.exec(words[begin]?.key ?? "");
  if (years) return dated(at, begin + 1, parseDays(`${years[1]}..${years[2]}`, now));
  const first = dateAt(words, begin, now) ?? monthAlone(words, begin);
  const join = first && words[begin + first.length]?.key;
  if (!first || !JOINS.has(join ?? "")) return undefined;
  const second = dateAt(words, begin + first.length + 1, now);
  const { to } = second?.days ?? {};
  if (!second || to === undefined) return undefined;
  // "June to August 2019" without a word before it may be about anything.
  const from =
    "days" in first
      ? first.days.from
      : begin > at
        ? `${to.slice(0, 4)}-${first.month}-01`
        : undefined;
  if (from === undefined || from > to) return undefined;
  return dated(at, begin + first.length + 1 + second.length, { from, to });
}

// "June", of the year that is said later.
function monthAlone(words: readonly Word[], at: number) {
  const month = monthOf(words[at]?.key);
  return month === undefined ? undefined : { month: String(month).padStart(2, "0"), length: 1 };
}

// "in 2019", "June 2019", "in the summer of 2018", "in the 1990s"; a year alone at the end.
function plainAt(words: readonly Word[], at: number, now: Date): Dated | undefined {
  const prefix = prefixLength(words, at, BEFORE_DATE);
  if (prefix > 0 && OF_THE_THING.includes(words[at - 1]?.key ?? "")) return undefined;
  const found = dateAt(words, at + prefix, now);
  if (!found) return undefined;
  const end = at + prefix + found.length;
  const isYear = found.length === 1 && /^\d{4}$/.test(words[at + prefix]?.key ?? "");
  if (prefix > 0 || !isYear) return dated(at, end, found.days);
  return isYearAlone(words, at, now) ? dated(at, end, found.days) : undefined;
}

function isYearAlone(words: readonly Word[], at: number, now: Date): boolean {
  const year = Number(words[at]?.key);
  const before = words[at - 1]?.key ?? "";
  if (at === 0 || at !== words.length - 1) return false;
  if (NUMBERED.includes(before) || OF_THE_THING.includes(before)) return false;
  return year >= EARLIEST_ALONE && year <= now.getFullYear() && /^[\p{L},]/u.test(before);
}

// One date without words before it.
function dateAt(words: readonly Word[], at: number, now: Date): Found | undefined {
  const key = words[at]?.key ?? "";
  const decade = /^(?:(1[89]|20)(\d)0|([2-9])0)'?s$/.exec(key);
  if (decade) return found(decadeDays(decade, words, at), 1);
  const written = writtenDay(key);
  if (written) return found(parseDays(written, now), 1);
  if (yearOf(key, now) !== undefined) return found(parseDays(key, now), 1);
  return monthDateAt(words, at, now) ?? seasonAt(words, at, now);
}

function seasonAt(words: readonly Word[], at: number, now: Date): Found | undefined {
  const begin = at + prefixLength(words, at, ["the"]);
  const name = words[begin]?.key ?? "";
  if (!SEASONS.has(name as "summer")) return undefined;
  const of = words[begin + 1]?.key === "of" ? 1 : 0;
  const year = yearOf(words[begin + 1 + of]?.key, now);
  return year === undefined ? undefined : found(seasonDays(name, year), begin - at + 2 + of);
}

// "June 2019", "June of 2019", "5 June 2019", "June 5th, 2019", "Jun 5 2019"
function monthDateAt(words: readonly Word[], at: number, now: Date): Found | undefined {
  const keys = words.slice(at, at + 5).map(({ key }) => key);
  const day = dayOf(keys[0]);
  const monthAt = day === undefined ? 0 : keys[1] === "of" ? 2 : 1;
  const month = monthOf(keys[monthAt]);
  if (month === undefined) return undefined;
  let rest = monthAt + 1;
  const later = day === undefined ? dayOf(keys[rest]) : undefined;
  if (later !== undefined) rest++;
  if ([",", "of"].includes(keys[rest] ?? "")) rest++;
  const year = yearOf(keys[rest], now);
  if (year === undefined) return undefined;
  const exact = [year, month, day ?? later].filter((part) => part !== undefined).join("-");
  return found(parseDays(exact, now), rest + 1);
}

function decadeDays([, century, tens, short]: RegExpExecArray, words: readonly Word[], at: number) {
  // "80s style" is a style; "in the 80s" is a time.
  if (short !== undefined && !isPhrase(words, at - 1, "the")) return undefined;
  const start =
    short === undefined ? `${century}${tens}` : `${Number(short) <= 2 ? 20 : 19}${short}`;
  return { from: `${start}0-01-01`, to: `${start}9-12-31` };
}

// "2019-06-14", "2019-06", "14.06.2019"
function writtenDay(key: string): string | undefined {
  if (/^\d{4}-\d{1,2}(?:-\d{1,2})?$/.test(key)) return key;
  const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(key) ?? [];
  return year && `${year}-${month}-${day}`;
}

function yearOf(key: string | undefined, now: Date): number | undefined {
  if (!/^\d{4}$/.test(key ?? "")) return undefined;
  const year = Number(key);
  return year >= EARLIEST_YEAR && year <= now.getFullYear() ? year : undefined;
}

function monthOf(key = ""): number | undefined {
  const plain = key === "sept" ? "sep" : key;
  const index = Math.max(MONTHS.indexOf(plain), SHORT_MONTHS.indexOf(plain));
  return index < 0 ? undefined : index + 1;
}

function dayOf(key = ""): number | undefined {
  const [, digits] = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(key) ?? [];
  return digits !== undefined && Number(digits) >= 1 && Number(digits) <= 31
    ? Number(digits)
    : undefined;
}

function prefixLength(words: readonly Word[], at: number, phrases: readonly string[]): number {
  const lengths = phrases
    .filter((phrase) => isPhrase(words, at, phrase))
    .map((phrase) => phrase.split(" ").length);
  return Math.max(0, ...lengths);
}

// "photos taken in 2019": the word before belongs to it.
function withTaken(words: readonly Word[], found: Dated): Dated {
  const isTaken = TAKEN.includes(words[found.start - 1]?.key ?? "");
  return isTaken ? { ...found, start: found.start - 1 } : found;
}

function found(days: Days | undefined, length: number): Found | undefined {
  return days && { days, length };
}

function dated(start: number, end: number, days: Days | undefined): Dated | undefined {
  return days && { start, end, days };
}

function dayBefore(now: Date, days: number): string {
  return localDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() - days));
}

function shifted(day: string, days: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return localDay(new Date(year, month - 1, date + days));
}
