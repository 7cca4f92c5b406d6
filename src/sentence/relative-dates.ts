// "today", "last year", "three days ago", "in the last two weeks" -> days.
import { type Dated, dated } from "./dated.ts";
import { type Days, localDay, parseDays } from "./parse-days.ts";
import { isSeason, type Season, seasonDays } from "./seasons.ts";
import { prefixLength, toPhrases, type Word } from "./words.ts";

const NUMBERS = "one two three four five six seven eight nine ten".split(" ");
const UNIT_DAYS = new Map([
  ["day", 1],
  ["week", 7],
  ["month", 30],
  ["year", 365],
]);
/** "today in the garden" is a day, "today show" a name. */
const BEHIND_DAY = new Set([",", ":", "at", "in", "on", "by", "near", "with"]);
const BEFORE = toPhrases(
  ["in", "from", "in the", "during the", "over the", "of"].map((phrase) => [phrase, phrase]),
);

/** What is said at word `at`. `now`: what "today" means, in the time zone of whoever looks. */
export function relativeAt(words: readonly Word[], at: number, now: Date): Dated | undefined {
  const begin = at + prefixLength(words, at, BEFORE);
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
  if (key === "last" && isSeason(next)) {
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
  const daysOf = UNIT_DAYS.get(unit);
  if (daysOf === undefined) return undefined;
  const number =
    count === "a" ? 1 : /^\d{1,3}$/.test(count) ? Number(count) : NUMBERS.indexOf(count) + 1;
  if (number < 1) return undefined;
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

function lastSeason(name: Season, now: Date): Days {
  const year = now.getFullYear();
  const ended = [year, year - 1, year - 2].map((one) => seasonDays(name, one));
  return ended.find(({ to = "" }) => to < localDay(now)) ?? ended[2]!;
}

function dayBefore(now: Date, days: number): string {
  return localDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() - days));
}
