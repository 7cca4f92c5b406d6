import { expect, test } from "vitest";
import { encodeOnnx } from "../../../test/fixtures/onnx.ts";
import { zeroTinyWeights } from "./weights.ts";

function graphWith(values: Float32Array | BigInt64Array): Buffer {
  return encodeOnnx({
    inputs: [],
    outputs: [],
    nodes: [{ op: "Identity", inputs: ["weight"], outputs: ["same"], attributes: { axis: 7 } }],
    weights: { weight: { shape: [values.length], values } },
  });
}

test("sets tiny weights to zero and leaves every other byte", () => {
  const model = graphWith(Float32Array.of(1, 1e-38, -1e-40, 1e-21, 1e-19, -3, 0));
  expect(zeroTinyWeights(model)).toBe(3);
  expect(model).toEqual(graphWith(Float32Array.of(1, 0, 0, 0, 1e-19, -3, 0)));
});

test("leaves integers, whose bytes look like tiny floats", () => {
  const model = graphWith(BigInt64Array.of(1n, 2n, 3n));
  expect(zeroTinyWeights(model)).toBe(0);
  expect(model).toEqual(graphWith(BigInt64Array.of(1n, 2n, 3n)));
});

test("finds weights in constants of nodes", () => {
  const tensor = Buffer.from([0x10, 1, 0x4a, 4, 1, 0, 0, 0]); // dataType: float; rawData: 1.4e-45
  const wrap = (field: number, bytes: Buffer) =>
    Buffer.concat([Buffer.from([field * 8 + 2, bytes.length]), bytes]);
  const model = wrap(7, wrap(1, wrap(5, wrap(5, tensor))));
  expect(zeroTinyWeights(model)).toBe(1);
  expect(model.subarray(-4)).toEqual(Buffer.alloc(4));
});

test("a file that ends early is refused", () => {
  const model = graphWith(Float32Array.of(1));
  expect(() => zeroTinyWeights(model.subarray(0, model.length - 8))).toThrow();
});
