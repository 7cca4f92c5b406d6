// Where the encoder computes: the setting -> the execution providers of onnxruntime to try, in order. What each platform
// has: the table in onnxruntime-node's README, and its listSupportedBackends().
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { AppError } from "../errors.ts";

/** Values of the setting `device`. auto: the first of what this machine has, else the CPU. */
export const DEVICES = ["auto", "cpu", "cuda", "tensorrt", "dml", "coreml", "webgpu"] as const;

export type AskedDevice = (typeof DEVICES)[number];
export type Device = Exclude<AskedDevice, "auto">;

/** What there is to choose from. */
export type Platform = {
  readonly os: NodeJS.Platform;
  /** Names of onnxruntime's backends for this platform, whether their libraries are there or not. */
  readonly backends: readonly string[];
  readonly hasFile: (path: string) => boolean;
};

// Too large for npm, installed apart.
const LIBRARIES: Readonly<Partial<Record<Device, string>>> = {
  cuda: "libonnxruntime_providers_cuda.so",
  tensorrt: "libonnxruntime_providers_tensorrt.so",
};

// Core ML computes in halves, TensorRT compiles for minutes, and WebGPU is experimental: only when asked for.
const AUTOMATIC: Readonly<Partial<Record<NodeJS.Platform, Device>>> = {
  linux: "cuda",
  win32: "dml",
};

export function thisPlatform(backends: readonly { readonly name: string }[]): Platform {
  const names = backends.map(({ name }) => name);
  return { os: process.platform, backends: names, hasFile: existsSync };
}

/** The devices to try, the best first. @throws AppError "model_unavailable" saying what a device that was asked for lacks */
export function devicesToTry(asked: AskedDevice, platform: Platform): readonly Device[] {
  if (asked !== "auto") {
    const missing = lack(asked, platform);
    if (missing !== undefined) throw deviceError(asked, missing);
    return [asked];
  }
  const best = AUTOMATIC[platform.os];
  return best !== undefined && lack(best, platform) === undefined ? [best, "cpu"] : ["cpu"];
}

function lack(device: Device, { os, backends, hasFile }: Platform): string | undefined {
  if (!backends.includes(device)) {
    const known = DEVICES.filter((name) => name === "auto" || backends.includes(name));
    return `onnxruntime for ${os} without it (it has ${known.join(", ")})`;
  }
  const library = LIBRARIES[device] && join(bindingFolder(), LIBRARIES[device]);
  if (library === undefined || hasFile(library)) return undefined;
  return `no ${library}; docs/encoding-speed.md says how to install it`;
}

/** Where onnxruntime-node has its native libraries. */
export function bindingFolder(): string {
  const manifest = createRequire(import.meta.url).resolve("onnxruntime-node/package.json");
  return join(dirname(manifest), "bin", "napi-v6", process.platform, process.arch);
}

/** The error for a device that cannot be used, saying what it lacks. */
export function deviceError(device: Device, reason: string, cause?: unknown): AppError {
  return new AppError(
    "model_unavailable",
    `Expected a usable device for ${device} (--device or SEMBLANCE_DEVICE) but received: ${reason}.`,
    { cause, details: { device } },
  );
}
