import { expect, test } from "vitest";
import { type Filter, toWireFilters, withFilter, withOpposite, withoutKinds } from "./filter.ts";

const label = (name: string, isNegated = false): Filter => ({ kind: "label", name, isNegated });
const taken = (from?: string, to?: string): Filter => ({
  kind: "taken",
  from,
  to,
  isNegated: false,
});

test("values of one kind are alternatives, kinds restrict each other", () => {
  const shape: Filter = { kind: "shape", shape: "square", isNegated: false };
  expect(toWireFilters([label("dog"), shape, label("cat")], "any")).toEqual([
    {
      any_of: [
        { kind: "label", name: "dog" },
        { kind: "label", name: "cat" },
      ],
    },
    { any_of: [{ kind: "shape", shapes: ["square"] }] },
  ]);
});

test("asks for all labels where all are wanted", () => {
  expect(toWireFilters([label("dog"), label("cat")], "all")).toEqual([
    { any_of: [{ kind: "label", name: "dog" }] },
    { any_of: [{ kind: "label", name: "cat" }] },
  ]);
});

test("takes away what is negated, whatever the operator", () => {
  const unassigned: Filter = { kind: "unassigned", isNegated: true };
  expect(toWireFilters([label("cat", true), unassigned, label("dog")], "all")).toEqual([
    { any_of: [{ kind: "label", name: "dog" }] },
    { any_of: [{ kind: "label", name: "cat" }, { kind: "unassigned" }], negate: true },
  ]);
});

test("a day ends where the next begins", () => {
  expect(toWireFilters([taken("2019-12-31", "2019-12-31")], "any")).toEqual([
    {
      any_of: [
        {
          kind: "date",
          of: "taken",
          from: "2019-12-31T00:00:00.000Z",
          to: "2020-01-01T00:00:00.000Z",
        },
      ],
    },
  ]);
});

test("replaces a filter about the same value", () => {
  expect(withFilter([label("dog"), label("cat")], label("dog", true))).toEqual([
    label("cat"),
    label("dog", true),
  ]);
});

test("turns a filter into its opposite where it stands", () => {
  expect(withOpposite([label("dog"), label("cat")], label("dog"))).toEqual([
    label("dog", true),
    label("cat"),
  ]);
});

test("drops all filters of some kinds", () => {
  const placed: Filter = { kind: "placed", isNegated: false };
  expect(withoutKinds([label("dog"), placed, taken("2019-01-01")], ["label", "taken"])).toEqual([
    placed,
  ]);
});

test("ways to name a place are alternatives", () => {
  const near: Filter = { kind: "near", latitude: 1, longitude: 2, radiusKm: 5, isNegated: false };
  const placed: Filter = { kind: "placed", isNegated: false };
  expect(toWireFilters([near, placed], "any")).toEqual([
    {
      any_of: [
        { kind: "radius", center: { latitude: 1, longitude: 2 }, radius_km: 5 },
        { kind: "placed" },
      ],
    },
  ]);
});

test("objects of several names must all be there, numbers of one are alternatives", () => {
  const objects = (label: string, least: number, most: number | undefined): Filter => {
    return { kind: "objects", label, least, most, isNegated: false };
  };
  const filters = [objects("dog", 3, 3), objects("cat", 1, undefined), objects("dog", 5, 5)];
  expect(toWireFilters(filters, "any")).toEqual([
    {
      any_of: [
        { kind: "objects", label: "dog", least: 3, most: 3 },
        { kind: "objects", label: "dog", least: 5, most: 5 },
      ],
    },
    { any_of: [{ kind: "objects", label: "cat", least: 1 }] },
  ]);
});
