// Which rows a search may return, as an expression over sets of rows; VectorMatrix turns it into
// bits.

/** A set of rows (those of kind "rows" ascend). It names rows, not places, so it stays valid while
 *  an index changes. */
export type RowFilter =
  | { readonly kind: "rows"; readonly rows: Float64Array }
  | { readonly kind: "and" | "or"; readonly filters: readonly RowFilter[] }
  | { readonly kind: "not"; readonly filter: RowFilter };

/** Exactly these rows, in any order. Sorted once, O(n log n), unless they are ascending. */
export function toRowFilter(rows: readonly number[] | Float64Array): RowFilter {
  const sorted = Float64Array.from(rows);
  if (!isAscending(sorted)) sorted.sort();
  return { kind: "rows", rows: sorted };
}

/** Rows that are in every filter. */
export function and(...filters: readonly RowFilter[]): RowFilter {
  return { kind: "and", filters };
}

/** Rows that are in at least one filter. */
export function or(...filters: readonly RowFilter[]): RowFilter {
  return { kind: "or", filters };
}

/** Rows that are not in the filter. */
export function not(filter: RowFilter): RowFilter {
  return { kind: "not", filter };
}

/** Is one row in the filter? */
export function passes(filter: RowFilter, row: number): boolean {
  switch (filter.kind) {
    case "rows":
      return filter.rows[firstFrom(filter.rows, row)] === row;
    case "not":
      return !passes(filter.filter, row);
    case "and":
      return filter.filters.every((part) => passes(part, row));
    case "or":
      return filter.filters.some((part) => passes(part, row));
  }
}

/** Evaluates the expression on bitmaps of `words` 32-bit words. `bitsOf` gives those of a set of
 *  rows, which are not changed; bits that stand for no row may be set in the result. */
export function toBits(
  filter: RowFilter,
  words: number,
  bitsOf: (filter: RowFilter & { kind: "rows" }) => Uint32Array,
): Uint32Array {
  if (filter.kind === "rows") return bitsOf(filter);
  if (filter.kind === "not") return toBits(filter.filter, words, bitsOf).map((word) => ~word);
  const isAnd = filter.kind === "and";
  const result = new Uint32Array(words).fill(isAnd ? 0xffffffff : 0);
  for (const part of filter.filters) {
    const bits = toBits(part, words, bitsOf);
    for (let i = 0; i < words; i++) {
      result[i] = isAnd ? result[i]! & bits[i]! : result[i]! | bits[i]!;
    }
  }
  return result;
}

function isAscending(rows: Float64Array): boolean {
  for (let i = 1; i < rows.length; i++) if (rows[i - 1]! > rows[i]!) return false;
  return true;
}

// Index of the first row that is not below `row`.
function firstFrom(rows: Float64Array, row: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]! < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
