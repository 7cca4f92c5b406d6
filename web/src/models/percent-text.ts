import { messages } from "../messages.ts";

const percent = new Intl.NumberFormat(messages.locale, { style: "percent" });

/** 0.916 -> "92%". */
export function toPercentText(share: number): string {
  return percent.format(share);
}
