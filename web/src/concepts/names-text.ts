import { concepts as text } from "../messages/concepts.ts";
import { messages } from "../messages.ts";

const SHOWN_MAX = 3;
const list = new Intl.ListFormat(messages.locale, { type: "conjunction" });

/** “corgi”, “poodle”, “pug” and 4 more. */
export function toNamesText(named: readonly { readonly name: string }[]): string {
  const names = named.slice(0, SHOWN_MAX).map(({ name }) => text.quoted(name));
  const others = named.length - names.length;
  return list.format(others > 0 ? [...names, text.andMore(others)] : names);
}
