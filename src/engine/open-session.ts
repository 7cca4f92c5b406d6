// The ONNX file of a tower -> a session on the best device that works. A GPU is trusted only if it gives the vectors that
// the CPU gives: vectors of both meet in one index.
import { InferenceSession, listSupportedBackends, type Tensor } from "onnxruntime-node";
import { AppError } from "../errors.ts";
import {
  type AskedDevice,
  type Device,
  deviceError,
  devicesToTry,
  type Platform,
  thisPlatform,
} from "./device.ts";
import { embeddingOutput, feedsOf, rowsOf, type Tower } from "./tower.ts";
import { wavePixels } from "./wave-pixels.ts";

/** Half-precision arithmetic stays above 0.999; a wrong kernel does not. */
const LEAST_COSINE = 0.99;

export type TowerStart = Tower & {
  /** Threads that compute one run. */
  readonly threads: number;
  readonly device: AskedDevice;
  /** Whether a GPU's vectors are compared with the CPU's: once per process is enough. */
  readonly isCompared: boolean;
};

export type Opened = {
  readonly session: InferenceSession;
  readonly device: Device;
  /** Why a better device than `device` is not used; null if there is none. */
  readonly refusal: string | null;
};

/** @throws AppError "model_unavailable" naming the file, or the device that was asked for and what it lacks */
export async function openSession(
  start: TowerStart,
  platform: Platform = thisPlatform(listSupportedBackends()),
): Promise<Opened> {
  const [best, next] = devicesToTry(start.device, platform);
  if (best === undefined || best === "cpu") return openOn("cpu", start, null);
  try {
    return await openOn(best, start, null);
  } catch (cause) {
    if (next === undefined) throw cause;
    return openOn(next, start, (cause as Error).message);
  }
}

async function openOn(device: Device, start: TowerStart, refusal: string | null): Promise<Opened> {
  try {
    const session = await createSession(device, start);
    if (device !== "cpu" && start.isCompared) await requireSameVectors(session, device, start);
    return { session, device, refusal };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const { message } = cause as Error;
    if (device !== "cpu") throw deviceError(device, message, cause);
    throw new AppError(
      "model_unavailable",
      `Expected a loadable ONNX file for ${start.file} but received: ${message}.`,
      { cause },
    );
  }
}

/** A session as we want it, of any graph. @throws Error of ONNX Runtime */
export function createSession(
  device: Device,
  { file, threads }: Pick<TowerStart, "file" | "threads">,
): Promise<InferenceSession> {
  return InferenceSession.create(file, {
    // What a GPU has no kernel for is computed by the CPU.
    executionProviders: device === "cpu" ? ["cpu"] : [device, "cpu"],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    enableMemPattern: device !== "dml", // DirectML does not support it
    logSeverityLevel: 3,
    // Spinning threads would take the cores that decode the next images.
    extra: { session: { intra_op: { allow_spinning: "0" } } },
  });
}

async function requireSameVectors(
  session: InferenceSession,
  device: Device,
  start: TowerStart,
): Promise<void> {
  const reference = await createSession("cpu", start);
  try {
    const cosine = dot(await sampleVector(session, start), await sampleVector(reference, start));
    if (!(cosine >= LEAST_COSINE))
      throw deviceError(device, `vectors of ${start.file} with a cosine of ${cosine} to the CPU's`);
  } finally {
    await reference.release();
  }
}

async function sampleVector(session: InferenceSession, tower: Tower): Promise<Float32Array> {
  const [c, h, w] = tower.picture;
  const pixels = { values: wavePixels(c * h * w), shape: [1, c, h, w] };
  const output = embeddingOutput(session, tower);
  const { [output]: rows } = await session.run(feedsOf(session, tower, { pixels }), [output]);
  return rowsOf(rows as Tensor, tower, undefined);
}

function dot(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, i) => sum + value * (other[i] as number), 0);
}
