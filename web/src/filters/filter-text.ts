// A filter -> the few words that a chip shows.
import type { Filter, FilterValue } from "../filter.ts";
import { messages } from "../messages.ts";

const text = messages.filters.text;
const LONGEST_VALUE = 60;
const numeral = new Intl.NumberFormat(messages.locale, { maximumFractionDigits: 2 });

// Days are dates without a zone: they are read and shown as UTC.
const toFormat = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(messages.filters.dateLocale, { ...options, timeZone: "UTC" });
const dayFormat = toFormat({ day: "numeric", month: "short", year: "numeric" });
const monthFormat = toFormat({ month: "short", year: "numeric" });

/** What stands behind ids. A name that is not known yet is undefined. */
export type FilterNames = { readonly dataset: (id: string) => string | undefined };

/** For filters that name nothing by its id. */
export const NO_NAMES: FilterNames = { dataset: () => undefined };

/** "taken 2019", "not label cat". */
export function toFilterText(filter: Filter, names: FilterNames): string {
  const words = toValueText(filter, names);
  return filter.isNegated ? messages.filters.without(words) : words;
}

function toValueText(filter: FilterValue, names: FilterNames): string {
  switch (filter.kind) {
    case "label":
      return text.label(filter.name);
    case "unlabeled":
    case "unassigned":
    case "placed":
      return text[filter.kind];
    case "box":
      return filter.name === undefined ? text.box : text.inPlace(filter.name);
    case "near":
      return filter.name === undefined
        ? text.near(numeral.format(filter.radiusKm))
        : text.nearPlace(filter.name);
    case "dataset":
      return text.dataset(names.dataset(filter.id) ?? filter.id);
    case "type":
      return filter.format.toUpperCase();
    case "status":
      return text.status(messages.filters.statuses[filter.status]);
    case "taken":
    case "added":
      return `${text[filter.kind]} ${toDaysText(filter.from, filter.to)}`;
    case "shape":
      return messages.filters.shapes[filter.shape].toLowerCase();
    case "size":
      return toSizeText(filter.least, filter.most);
    case "colour":
      return messages.filters.colours[filter.colour].toLowerCase();
    case "metadata":
      return text.metadata(filter.key, toMetadataText(filter.value));
    case "name":
      return text.name(filter.text);
    case "objects":
      return text.objects(filter.label, filter.least, filter.most);
  }
}

/** Whole years and months are called by their name. */
function toDaysText(from: string | undefined, to: string | undefined): string {
  if (from === undefined) return to === undefined ? "" : text.until(toDayText(to));
  if (to === undefined) return text.since(toDayText(from));
  if (from === to) return text.on(toDayText(from));
  if (from.endsWith("-01-01") && to.endsWith("-12-31")) {
    const [first, last] = [toYear(from), toYear(to)];
    return first === last ? first : text.between(first, last);
  }
  if (from.endsWith("-01") && isMonthEnd(to) && from.slice(0, 7) === to.slice(0, 7)) {
    return monthFormat.format(new Date(from));
  }
  return text.between(toDayText(from), toDayText(to));
}

function toYear(day: string): string {
  return String(Number(day.slice(0, 4)));
}

function toDayText(day: string): string {
  return dayFormat.format(new Date(day));
}

function isMonthEnd(day: string): boolean {
  const next = new Date(day);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.getUTCDate() === 1;
}

function toSizeText(least: number | undefined, most: number | undefined): string {
  if (least === undefined) return text.under(numeral.format(most ?? 0));
  if (most === undefined) return text.over(numeral.format(least));
  return text.from(numeral.format(least), numeral.format(most));
}

/** Text as it is, anything else as JSON; cut where it is long. */
export function toMetadataText(value: unknown): string {
  const words = typeof value === "string" ? value : JSON.stringify(value);
  return words.length > LONGEST_VALUE ? `${words.slice(0, LONGEST_VALUE - 1)}…` : words;
}
