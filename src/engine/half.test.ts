import { expect, test } from "vitest";
import { fromHalves, toHalves } from "./half.ts";

test.each([
  [0, 0x0000, 0],
  [-0, 0x8000, -0],
  [1, 0x3c00, 1],
  [-2, 0xc000, -2],
  [1 / 3, 0x3555, 0.333251953125],
  [65504, 0x7bff, 65504], // the greatest
  [65519, 0x7bff, 65504],
  [65520, 0x7c00, Number.POSITIVE_INFINITY],
  [2 ** -14, 0x0400, 2 ** -14],
  [2 ** -24, 0x0001, 2 ** -24], // the least
  [2 ** -25, 0x0000, 0], // half of it: to even
  [1 + 2 ** -11, 0x3c00, 1], // between two: to even
  [1 + 3 * 2 ** -11, 0x3c02, 1 + 2 ** -9],
  [2047.5, 0x6800, 2048], // carries into the exponent
  [Number.NaN, 0x7e00, Number.NaN],
])("%d is the half %d, read as %d", (value, bits, read) => {
  expect([...toHalves(Float32Array.of(value))]).toEqual([bits]);
  expect([...fromHalves(Uint16Array.of(bits))]).toEqual([read]);
});
