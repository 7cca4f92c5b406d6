// An ONNX file of a network for reading -> a session on the CPU: for pictures of all sizes, which GPUs plan anew each time.
import { InferenceSession } from "onnxruntime-node";
import { AppError } from "../../errors.ts";

/** `threads`: that compute one run. @throws AppError "model_unavailable" naming the file */
export async function openGraph(file: string, threads: number): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(file, {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: "all",
      enableMemPattern: false, // a plan of memory is made for one size of input
      logSeverityLevel: 3,
      // Spinning threads would take the cores that decode the next images.
      extra: { session: { intra_op: { allow_spinning: "0" } } },
    });
  } catch (cause) {
    throw new AppError(
      "model_unavailable",
      `Expected a loadable ONNX file for ${file} but received: ${(cause as Error).message}.`,
      { cause },
    );
  }
}
