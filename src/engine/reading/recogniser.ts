// One line of text as a strip of pixels -> its text.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type InferenceSession, Tensor } from "onnxruntime-node";
import { AppError } from "../../errors.ts";
import { classesOf, decodeCtc, type Guess } from "./ctc.ts";
import type { RecogniserFiles } from "./files.ts";
import { openGraph } from "./graph.ts";
import type { Strip } from "./strip.ts";

export type Recogniser = {
  readonly session: InferenceSession;
  readonly classes: readonly string[];
};

/** @throws AppError "model_unavailable" naming the file */
export async function openRecogniser(
  folder: string,
  { graph, characters }: RecogniserFiles,
  threads: number,
): Promise<Recogniser> {
  const file = join(folder, characters);
  const text = await readFile(file, "utf8").catch((cause) => {
    throw new AppError("model_unavailable", `Expected characters for ${file} but received none.`, {
      cause,
    });
  });
  return { session: await openGraph(join(folder, graph), threads), classes: classesOf(text) };
}

/** @throws AppError "model_unavailable" if the graph has other classes than the file of characters says */
export async function recognise({ session, classes }: Recogniser, strip: Strip): Promise<Guess> {
  const height = strip.planes.length / 3 / strip.width;
  const x = new Tensor("float32", strip.planes, [1, 3, height, strip.width]);
  const output = session.outputNames[0]!;
  const { [output]: steps } = await session.run({ x }, [output]); // [1, W / 8, C]
  if (steps?.dims[2] !== classes.length)
    throw new AppError(
      "model_unavailable",
      `Expected ${classes.length} classes for the recogniser but received ${steps?.dims[2]}.`,
    );
  return decodeCtc(steps.data as Float32Array, classes);
}
