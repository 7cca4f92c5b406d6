// A pattern that someone types for a concept -> how well a name matches it.
import { AppError } from "../errors.ts";
import { LIMITS } from "../limits.ts";

/** How a name matches: 0 is best, Infinity is not at all. */
export type Match = (name: string) => number;

/** "*" stands for anything; without one the pattern is a prefix of any word. Upper and lower case are the same,
 *  and a leading "#" is no part of it. @throws AppError "invalid_request" for a pattern that is too long */
export function toMatch(pattern: string): Match {
  if (pattern.length > LIMITS.patternLength) {
    throw new AppError(
      "invalid_request",
      `Expected at most ${LIMITS.patternLength} characters for the concept name but received ${pattern.length}.`,
    );
  }
  const query = pattern.trim().replace(/^#/, "").replace(/\*+/g, "*").toLowerCase();
  const match = query.includes("*") ? wildcardMatch(query) : prefixMatch(query);
  return (name) => match(name.toLowerCase());
}

/** The items that match, best first, of those that match alike the common ones first, then shorter names, then by name.
 *  `names`: the first one counts most. */
export function bestMatches<Item extends { readonly name: string; readonly isRare?: boolean }>(
  items: readonly Item[],
  match: Match,
  names: (item: Item) => readonly string[] = ({ name }) => [name],
): readonly Item[] {
  const rankOf = (item: Item) =>
    Math.min(...names(item).map((name, i) => match(name) + (i > 0 ? 3 : 0))) +
    (item.isRare ? 0.5 : 0);
  return items
    .map((item) => ({ item, rank: rankOf(item) }))
    .filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        a.item.name.length - b.item.name.length ||
        (a.item.name < b.item.name ? -1 : 1),
    )
    .map(({ item }) => item);
}

// 0 the name itself, 1 its beginning, 2 the beginning of a later word.
function prefixMatch(query: string): Match {
  return (name) => {
    if (name === query) return 0;
    if (name.startsWith(query)) return 1;
    return name.includes(` ${query}`) || name.includes(`(${query}`) ? 2 : Number.POSITIVE_INFINITY;
  };
}

// Parts in order, each at its first place.
function wildcardMatch(pattern: string): Match {
  const parts = pattern.split("*");
  const last = parts.pop() as string;
  return (name) => {
    let at = 0;
    for (const [i, part] of parts.entries()) {
      const found = i === 0 ? (name.startsWith(part) ? 0 : -1) : name.indexOf(part, at);
      if (found < 0) return Number.POSITIVE_INFINITY;
      at = found + part.length;
    }
    return name.length - last.length >= at && name.endsWith(last) ? 1 : Number.POSITIVE_INFINITY;
  };
}
