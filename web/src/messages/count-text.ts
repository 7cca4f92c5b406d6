// Numbers in sentences.

/** The language of the Portal; a translation changes it together with the words. */
export const LOCALE = "en";

const whole = new Intl.NumberFormat(LOCALE);

/** 12431 -> "12,431". */
export function toCountText(count: number): string {
  return whole.format(count);
}

/** (1, "input", "inputs") -> "1 input". */
export function plural(count: number, one: string, many: string): string {
  return `${toCountText(count)} ${count === 1 ? one : many}`;
}
