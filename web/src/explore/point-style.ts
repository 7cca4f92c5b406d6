// What colours the map and what is selected -> how each point looks.
import type { PictureMap } from "../../../src/client/explore.ts";
import { clusterColour, type Scheme, scaleColour } from "./map-colours.ts";
import type { PointStyle } from "./point-layer.ts";

/** The concept's values; undefined: clusters. */
export type Values = { readonly of: Float32Array; readonly low: number; readonly high: number };

/** Shares of the values that may lie beyond either end of the scale. */
const BEYOND = 0.02;

/** The ends of the scale, without the few extreme values. */
export function toValues(of: Float32Array): Values {
  const sorted = of.slice().sort();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const low = at(BEYOND);
  return { of, low, high: Math.max(at(1 - BEYOND / 10), low + 1e-6) };
}

export type StyleOptions = {
  readonly scheme: Scheme;
  readonly values: Values | undefined;
  readonly selected: ReadonlySet<string>;
  readonly hidden: ReadonlySet<string>;
};

export function toStyle(
  map: Pick<PictureMap, "ids" | "cluster">,
  { scheme, values, selected, hidden }: StyleOptions,
): PointStyle {
  const count = map.ids.length;
  const large = Uint8Array.from(map.ids, (id) => (selected.has(id) ? 1 : 0));
  const hasSelected = large.includes(1);
  const faint = hasSelected ? large.map((is) => 1 - is) : new Uint8Array(count);
  const order = Uint32Array.from({ length: count }, (_, i) => i).filter(
    (i) => !hidden.has(map.ids[i] ?? ""),
  );
  if (values) order.sort((a, b) => values.of[a]! - values.of[b]!);
  if (hasSelected) order.sort((a, b) => large[a]! - large[b]!); // stable: on top of the rest
  return { colours: coloursOf(map, scheme, values), order, large, faint };
}

function coloursOf(
  { cluster }: Pick<PictureMap, "cluster">,
  scheme: Scheme,
  values: Values | undefined,
): Uint32Array {
  if (values?.of.length === cluster.length) {
    const { low, high, of } = values;
    return Uint32Array.from(of, (value) => scaleColour((value - low) / (high - low), scheme));
  }
  const known: number[] = [];
  return Uint32Array.from(cluster, (id) => (known[id] ??= clusterColour(id, scheme)));
}
