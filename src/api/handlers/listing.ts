// Lists of apps and datasets as Clarifai's list requests filter, order and page them. An owner has few of them:
// all are looked at.
import type { Json } from "../../engine/engine.ts";
import { LIMITS } from "../../limits.ts";
import type { Window } from "./pagination.ts";

/** Reads all that there are. */
export const EVERYTHING = { offset: 0, limit: LIMITS.windowMax } as const;

type Listed = {
  readonly row: number;
  readonly id: string;
  readonly details: Json;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
};

export type Listing = Window & {
  /** All of these words stand somewhere in id, name, description or notes. */
  readonly search: string;
  /** Of id, name or notes: "*" matches anything. "" matches all. */
  readonly name: string;
  /** Clarifai's sort_by; unless it is set, by modified_at. */
  readonly sortBy: {
    readonly case?: string | undefined;
    readonly value?: boolean | undefined;
  };
  readonly sortAscending: boolean;
};

export function listed<T extends Listed>(all: readonly T[], listing: Listing): T[] {
  const words = listing.search.toLowerCase().split(/\s+/);
  const isNamed = toNameTest(listing.name || "*");
  const found = all.filter((each) => {
    const [name, notes] = [text(each, "name"), text(each, "notes")];
    const said = [each.id, name, notes, text(each, "description")].join(" ").toLowerCase();
    return [each.id, name, notes].some(isNamed) && words.every((word) => said.includes(word));
  });
  const key = toKey(listing.sortBy.value ? listing.sortBy.case : undefined);
  const sign = listing.sortAscending ? 1 : -1;
  found.sort((a, b) => sign * (compare(key(a), key(b)) || a.row - b.row));
  return found.slice(listing.offset, listing.offset + listing.limit);
}

// Nobody stars anything here, and relevance is the same for all that match.
function toKey(sortBy: string | undefined): (each: Listed) => string | number {
  switch (sortBy) {
    case "sortById":
      return ({ id }) => id;
    case "sortByName":
      return (each) => text(each, "name") || each.id;
    case "sortByCreatedAt":
      return ({ createdAt }) => createdAt.getTime();
    case "sortByStarCount":
      return () => 0;
    default:
      return ({ modifiedAt }) => modifiedAt.getTime();
  }
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function text({ details }: Listed, field: string): string {
  const value = details[field];
  return typeof value === "string" ? value : "";
}

// Parts in order, each at its first place: no pattern takes long, as a regular expression might.
function toNameTest(pattern: string): (text: string) => boolean {
  const [first = "", ...parts] = pattern.toLowerCase().split("*");
  const last = parts.pop();
  return (text) => {
    const name = text.toLowerCase();
    if (last === undefined) return name === first;
    let at = name.startsWith(first) ? first.length : -1;
    for (const part of parts) {
      const found = at < 0 ? -1 : name.indexOf(part, at);
      at = found < 0 ? -1 : found + part.length;
    }
    return at >= 0 && name.length - last.length >= at && name.endsWith(last);
  };
}
