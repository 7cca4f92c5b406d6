// One restriction of a search, as the filter panel sets it and a chip shows it.

import type { InputStatus } from "../../src/client/input.ts";
import type {
  Colour,
  Condition,
  PictureShape,
  Filter as WireFilter,
} from "../../src/client/search.ts";

/** `isNegated`: for inputs that do not match. */
export type Filter = { readonly isNegated: boolean } & FilterValue;

export type FilterValue =
  | { readonly kind: "label"; readonly name: string }
  | { readonly kind: "unlabeled" | "unassigned" | "placed" }
  | { readonly kind: "dataset"; readonly id: string }
  /** "jpeg", "png" ... */
  | { readonly kind: "type"; readonly format: string }
  | { readonly kind: "status"; readonly status: InputStatus }
  /** Days as YYYY-MM-DD, both inclusive and optional. "taken": the camera's clock; "added": here. */
  | {
      readonly kind: "taken" | "added";
      readonly from: string | undefined;
      readonly to: string | undefined;
    }
  /** Degrees. `name`: what is there. */
  | {
      readonly kind: "box";
      readonly south: number;
      readonly west: number;
      readonly north: number;
      readonly east: number;
      readonly name?: string;
    }
  /** Around a place, degrees. */
  | {
      readonly kind: "near";
      readonly latitude: number;
      readonly longitude: number;
      readonly radiusKm: number;
      readonly name?: string;
    }
  | { readonly kind: "shape"; readonly shape: PictureShape }
  /** Megapixels, both inclusive and optional. */
  | {
      readonly kind: "size";
      readonly least: number | undefined;
      readonly most: number | undefined;
    }
  | { readonly kind: "colour"; readonly colour: Colour }
  /** `value`: any JSON. */
  | { readonly kind: "metadata"; readonly key: string; readonly value: unknown }
  /** So many objects that a detector calls so; at most as many as one likes where `most` is undefined. */
  | {
      readonly kind: "objects";
      readonly label: string;
      readonly least: number;
      readonly most: number | undefined;
    }
  /** Part of the file name. */
  | { readonly kind: "name"; readonly text: string };

export type FilterKind = Filter["kind"];

const DAY_MS = 86_400_000;

export function isSameFilter(a: Filter, b: Filter): boolean {
  return JSON.stringify(toValue(a)) === JSON.stringify(toValue(b));
}

/** Adds a filter, or replaces the one about the same value. */
export function withFilter(filters: readonly Filter[], filter: Filter): readonly Filter[] {
  return [...withoutFilter(filters, filter), filter];
}

export function withoutFilter(filters: readonly Filter[], filter: Filter): readonly Filter[] {
  return filters.filter((other) => !isSameFilter(other, filter));
}

export function withoutKinds(
  filters: readonly Filter[],
  kinds: readonly FilterKind[],
): readonly Filter[] {
  return filters.filter(({ kind }) => !kinds.includes(kind));
}

/** The filter asks for the opposite, at the same place. */
export function withOpposite(filters: readonly Filter[], filter: Filter): readonly Filter[] {
  return filters.map((one) =>
    isSameFilter(one, filter) ? { ...one, isNegated: !one.isNegated } : one,
  );
}

/** Values of one kind are alternatives (labels: as `labelsAre` says; objects: those of one name), kinds restrict each
 *  other; what is negated is taken away at the end. */
export function toWireFilters(
  filters: readonly Filter[],
  labelsAre: "any" | "all",
): readonly WireFilter[] {
  const wanted = filters.filter(({ isNegated }) => !isNegated);
  const groups = new Map<string, Condition[]>();
  for (const [index, filter] of wanted.entries()) {
    const isLabel = filter.kind === "label" || filter.kind === "unlabeled";
    const group = isLabel && labelsAre === "all" ? `label ${index}` : groupOf(filter);
    groups.set(group, [...(groups.get(group) ?? []), toCondition(filter)]);
  }
  const negated = filters.filter(({ isNegated }) => isNegated);
  return [
    ...[...groups.values()].map((any_of) => ({ any_of })),
    ...(negated.length > 0 ? [{ any_of: negated.map(toCondition), negate: true }] : []),
  ];
}

function groupOf(filter: Filter): string {
  switch (filter.kind) {
    case "unlabeled":
      return "label";
    case "unassigned":
      return "dataset";
    case "placed":
    case "near":
      return "box";
    case "metadata":
      return `metadata ${filter.key}`;
    case "objects":
      return `objects ${filter.label}`;
    default:
      return filter.kind;
  }
}

function toCondition(filter: Filter): Condition {
  switch (filter.kind) {
    case "label":
      return { kind: "label", name: filter.name };
    case "unlabeled":
    case "unassigned":
    case "placed":
      return { kind: filter.kind };
    case "dataset":
      return { kind: "datasets", ids: [filter.id] };
    case "type":
      return { kind: "format", formats: [filter.format] };
    case "status":
      return { kind: "status", statuses: [filter.status] };
    case "taken":
    case "added":
      return toDateCondition(filter.kind, filter);
    case "box": {
      const { south, west, north, east } = filter;
      const corners = [
        { latitude: south, longitude: west },
        { latitude: north, longitude: east },
      ] as const;
      return { kind: "box", corners };
    }
    case "near": {
      const { latitude, longitude, radiusKm } = filter;
      return { kind: "radius", center: { latitude, longitude }, radius_km: radiusKm };
    }
    case "shape":
      return { kind: "shape", shapes: [filter.shape] };
    case "size": {
      const { least, most } = filter;
      return {
        kind: "pixels",
        ...(least !== undefined && { least: least * 1e6 }),
        ...(most !== undefined && { most: most * 1e6 }),
      };
    }
    case "colour":
      return { kind: "colour", colours: [filter.colour] };
    case "metadata":
      return { kind: "metadata", contains: { [filter.key]: filter.value } };
    case "name":
      return { kind: "name", contains: filter.text };
    case "objects": {
      const { kind, label, least, most } = filter;
      return { kind, label, least, ...(most !== undefined && { most }) };
    }
  }
}

// A camera's clock is read as UTC; when something came here is a day of whoever looks.
function toDateCondition(
  of: "taken" | "added",
  { from, to }: { readonly from: string | undefined; readonly to: string | undefined },
): Condition {
  const startOf = (day: string) =>
    new Date(of === "taken" ? `${day}T00:00:00Z` : `${day}T00:00:00`).getTime();
  return {
    kind: "date",
    of,
    ...(from !== undefined && { from: new Date(startOf(from)).toISOString() }),
    ...(to !== undefined && { to: new Date(startOf(to) + DAY_MS).toISOString() }),
  };
}

function toValue({ isNegated: _, ...value }: Filter): FilterValue {
  return value;
}
