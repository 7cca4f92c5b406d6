// Numbers, sizes, times -> short text in the language of the page.
import { messages } from "./messages.ts";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
const dateTime = new Intl.DateTimeFormat(messages.locale, {
  dateStyle: "medium",
  timeStyle: "short",
});
const cameraTime = new Intl.DateTimeFormat(messages.locale, {
  dateStyle: "medium",
  timeStyle: "short",
  timeZone: "UTC",
});
const month = new Intl.DateTimeFormat(messages.locale, {
  year: "numeric",
  month: "long",
  timeZone: "UTC",
});
const relative = new Intl.RelativeTimeFormat(messages.locale, { numeric: "auto" });
const STEPS = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

/** 1234567 -> "1.2 MB". Decimal units, as file managers show them. */
export function toSizeText(sizeBytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, sizeBytes)) / 3));
  const value = sizeBytes / 1000 ** power;
  const format = new Intl.NumberFormat(messages.locale, {
    style: "unit",
    unit: UNITS[power] ?? "byte",
    unitDisplay: "short",
    maximumFractionDigits: power > 1 && value < 100 ? 1 : 0,
  });
  return format.format(value);
}

export function toDateText(date: Date): string {
  return dateTime.format(date);
}

/** The clock of a camera knows no zone: it is shown as it was read. */
export function toCameraDateText(date: Date): string {
  return cameraTime.format(date);
}

/** "March 2019": the clock of a camera is read as UTC. */
export function toMonthText(date: Date): string {
  return month.format(date);
}

/** "5 minutes ago". */
export function toAgeText(date: Date, nowMs: number): string {
  const seconds = (date.getTime() - nowMs) / 1000;
  const step = STEPS.find(([, length]) => Math.abs(seconds) >= length);
  return step
    ? relative.format(Math.round(seconds / step[1]), step[0])
    : relative.format(0, "second");
}

export function toDurationText(seconds: number): string {
  if (seconds < 60) return messages.uploads.seconds(Math.max(1, Math.round(seconds)));
  if (seconds < 3600) return messages.uploads.minutes(Math.round(seconds / 60));
  return messages.uploads.hours(Math.round(seconds / 3600));
}

/** 0..1 with two digits: the precision that a reader can use. */
export function toScoreText(score: number): string {
  return score.toFixed(2);
}
