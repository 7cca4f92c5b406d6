import { expect, test } from "vitest";
import { toChart } from "./chart.ts";

test("draws a line from the first place to the last, 1 above 0", () => {
  const { x, y, toPath } = toChart(3, 560, 160);
  expect([x(0), x(2)]).toEqual([48, 548]);
  expect(y(1)).toBeLessThan(y(0));
  expect(toPath([0, 0.5, 1])).toBe(`M48 ${y(0)}L298 ${y(0.5)}L548 ${y(1)}`);
});

test("a single place stands at the left", () => {
  expect(toChart(1, 560, 160).x(0)).toBe(48);
});
