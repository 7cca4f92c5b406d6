// "in 2019", "June 2019", "from 2015 to 2018", "last summer" -> days. Only what is surely a date is one: "a 1957 Chevrolet",
// "Blade Runner 2049" and "built in 1890" stay words. Seasons are those of the northern half of the earth.
import { type Dated, dated } from "./dated.ts";
import { type Days, localDay, parseDays } from "./parse-days.ts";
import { relativeAt } from "./relative-dates.ts";
import { isSeason, seasonDays } from "./seasons.ts";
import { isPhrase, prefixLength, toPhrases, type Word } from "./words.ts";

const MONTHS =
  "january february march april may june july august september october november december".split(
    " ",
  );
const SHORT_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
/** Before a date; what stands before them, too, when somebody took the picture. */
const BEFORE_DATE = toPhrases(
  ["in", "from", "of", "during", "on", "in the", "during the", "from the", "at"].map((phrase) => [
    phrase,
    phrase,
  ]),
);
const BEFORE_RANGE = toPhrases(
  ["from", "between", "in", "from the years", "in the years"].map((phrase) => [phrase, phrase]),
);
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
/** No date is without one of these. */
const DATE_WORD =
  /\d|^(?:today|yesterday|days?|weeks?|months?|years?|spring|summer|autumn|fall|winter)$/;
const EARLIEST_YEAR = 1826; // the oldest photograph that is left
/** A year alone, at the end of a sentence, is a date only if cameras wrote dates then. */
const EARLIEST_ALONE = 1990;

/** The first date in a sentence. `now`: what "today" means, in the time zone of whoever looks. */
export function findDate(words: readonly Word[], now: Date): Dated | undefined {
  if (!words.some(({ key }) => DATE_WORD.test(key))) return undefined;
  for (let at = 0; at < words.length; at++) {
    const found = relativeAt(words, at, now) ?? openAt(words, at, now) ?? rangeAt(words, at, now);
    const dated = found ?? plainAt(words, at, now);
    if (dated) return withTaken(words, dated);
  }
  return undefined;
}

type Found = { readonly days: Days; readonly length: number };

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
  const begin = at + prefixLength(words, at, BEFORE_RANGE);
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
  const begin = at + (words[at]?.key === "the" ? 1 : 0);
  const name = words[begin]?.key ?? "";
  if (!isSeason(name)) return undefined;
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

// "photos taken in 2019": the word before belongs to it.
function withTaken(words: readonly Word[], found: Dated): Dated {
  const isTaken = TAKEN.includes(words[found.start - 1]?.key ?? "");
  return isTaken ? { ...found, start: found.start - 1 } : found;
}

function found(days: Days | undefined, length: number): Found | undefined {
  return days && { days, length };
}

function shifted(day: string, days: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return localDay(new Date(year, month - 1, date + days));
}
