import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bindingFolder, devicesToTry, type Platform } from "./device.ts";

const linux: Platform = {
  os: "linux",
  backends: ["cpu", "webgpu", "cuda", "tensorrt"],
  hasFile: () => false,
};
const windows: Platform = { os: "win32", backends: ["cpu", "dml", "webgpu"], hasFile: () => false };
const mac: Platform = { os: "darwin", backends: ["cpu", "coreml", "webgpu"], hasFile: () => false };
const hasCuda = (path: string) =>
  path === join(bindingFolder(), "libonnxruntime_providers_cuda.so");

test("looks for libraries where onnxruntime-node has its own", () => {
  expect(existsSync(join(bindingFolder(), "onnxruntime_binding.node"))).toBe(true);
});

test("tries a GPU by itself where its libraries are there, and the CPU after it", () => {
  expect(devicesToTry("auto", linux)).toEqual(["cpu"]);
  expect(devicesToTry("auto", { ...linux, hasFile: hasCuda })).toEqual(["cuda", "cpu"]);
  expect(devicesToTry("auto", windows)).toEqual(["dml", "cpu"]);
  expect(devicesToTry("auto", mac)).toEqual(["cpu"]);
});

test("tries only what was asked for by name", () => {
  expect(devicesToTry("coreml", mac)).toEqual(["coreml"]);
  expect(devicesToTry("webgpu", linux)).toEqual(["webgpu"]);
  expect(devicesToTry("cpu", { ...linux, hasFile: hasCuda })).toEqual(["cpu"]);
});

test("says what a device that was asked for lacks", () => {
  expect(() => devicesToTry("cuda", linux)).toThrow(
    /device for cuda .*SEMBLANCE_DEVICE.* no .*libonnxruntime_providers_cuda\.so; docs/,
  );
  expect(() => devicesToTry("tensorrt", { ...linux, hasFile: hasCuda })).toThrow(/_tensorrt\.so/);
  expect(() => devicesToTry("dml", linux)).toThrow(/it has auto, cpu, cuda, tensorrt, webgpu/);
});
