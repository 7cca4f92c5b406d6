import { expect, test } from "vitest";
import { inReadingOrder } from "./reading-order.ts";
import { cornersOf, type Point } from "./rectangle.ts";
import { turned } from "./strip.ts";

type Placed = { readonly name: string; readonly corners: readonly Point[] };

function line(name: string, x: number, y: number, angle = 0): Placed {
  return { name, corners: cornersOf({ centre: [x, y], width: 60, height: 20, angle }) };
}

const orderOf = (lines: readonly Placed[]) =>
  inReadingOrder(lines, ({ corners }) => corners).map(({ name }) => name);

test("rows go from top to bottom, words of a row from left to right", () => {
  const lines = [
    line("four", 300, 104),
    line("one", 100, 52),
    line("three", 100, 100),
    line("two", 300, 48),
  ];
  expect(orderOf(lines)).toEqual(["one", "two", "three", "four"]);
});

test("a line half as low is a row of its own", () => {
  expect(orderOf([line("below", 100, 62), line("above", 300, 50)])).toEqual(["above", "below"]);
});

test("rows that climb are followed", () => {
  const angle = -0.3;
  const at = (name: string, along: number, down: number) =>
    line(
      name,
      along * Math.cos(angle) - down * Math.sin(angle),
      along * Math.sin(angle) + down * Math.cos(angle),
      angle,
    );
  const lines = [at("d", 400, 140), at("b", 400, 100), at("c", 100, 140), at("a", 100, 100)];
  expect(orderOf(lines)).toEqual(["a", "b", "c", "d"]);
});

test("a page that is upside down is read from its own top", () => {
  const lines = [line("second", 100, 50), line("first", 100, 100)].map(({ name, corners }) => ({
    name,
    corners: turned(corners, 2),
  }));
  expect(orderOf(lines)).toEqual(["first", "second"]);
});

test("no lines have an order, too", () => {
  expect(orderOf([])).toEqual([]);
});
