// What a detector's graph takes and gives, checked before it is believed: whoever made the file, its numbers become
// regions in a database.
import { type InferenceSession, Tensor } from "onnxruntime-node";
import { AppError } from "../../errors.ts";
import { fromHalves, toHalves } from "../half.ts";
import { createSession } from "../open-session.ts";
import type { DetectorModel } from "./detector-model.ts";
import { cellsOf } from "./yolox.ts";

export type DetectorStart = Pick<DetectorModel, "file" | "family" | "labels" | "pixels"> & {
  /** Threads that compute one run. */
  readonly threads: number;
};
type Input = { readonly widthPx: number; readonly heightPx: number };

/** Anchors or queries of one picture; D-FINE has 300, YOLOX at 2048 px 86,016. */
const GUESSES_MAX = 100_000;
/** Size of DETR's mask of what is no padding; any size will do, as nothing is padded. */
const MASK_SIDE = 64;
const MASK = "pixel_mask";
const INPUTS = {
  detr: ["pixel_values", MASK],
  yolox: ["images", "pixel_values", "input"],
} as const;

/** @throws AppError "model_unavailable" naming the file, and the input or output that is not as expected */
export async function openDetectorSession(start: DetectorStart): Promise<InferenceSession> {
  const session = await createSession("cpu", start).catch((cause: Error) => {
    throw wrong(start, "a loadable ONNX file", "the detector", cause.message, cause);
  });
  checkInputs(session, start);
  outputsOf(session, start);
  return session;
}

function checkInputs({ inputMetadata }: InferenceSession, start: DetectorStart): void {
  const known: readonly string[] = INPUTS[start.family.name];
  const names = inputMetadata.map(({ name }) => name);
  const areKnown = inputMetadata.every(({ isTensor, name }) => isTensor && known.includes(name));
  if (!areKnown || names.filter((name) => name !== MASK).length !== 1)
    throw wrong(start, `one of ${known.join(", ")}`, "the inputs", names.join(", ") || "none");
  for (const input of inputMetadata)
    if (input.isTensor && input.name !== MASK) checkShape(input.name, input.shape, start);
}

// A graph may leave sizes free; those that it states must be ours.
function checkShape(
  name: string,
  stated: readonly (number | string)[],
  start: DetectorStart,
): void {
  const { resize } = start.pixels;
  const wanted =
    resize.fit === "edges" ? [1, 3, "any", "any"] : [1, 3, resize.heightPx, resize.widthPx];
  const isStated = (size: number | string | undefined) => typeof size === "number" && size >= 0;
  const fits = wanted.every((size, i) => !isStated(stated[i]) || stated[i] === size);
  if (stated.length !== 4 || !fits)
    throw wrong(start, `shape ${wanted.join(", ")}`, name, stated.join(", "));
}

/** The outputs to ask for: logits and boxes, or the one of YOLOX. */
function outputsOf({ outputNames }: InferenceSession, start: DetectorStart): readonly string[] {
  const [only] = outputNames;
  if (start.family.name === "yolox" && outputNames.length === 1 && only) return [only];
  const wanted = start.family.name === "yolox" ? ["output"] : ["logits", "pred_boxes"];
  const missing = wanted.filter((name) => !outputNames.includes(name));
  if (missing.length > 0)
    throw wrong(start, missing.join(" and "), "the outputs", outputNames.join(", "));
  return wanted;
}

/** Runs the graph on one picture: [3, H, W] f32 -> each output as f32, its first dimension (1) left out. All numbers are
 *  finite, and as many as labels and input ask for. @throws AppError "model_unavailable" */
export async function runDetector(
  session: InferenceSession,
  start: DetectorStart,
  values: Float32Array,
  input: Input,
): Promise<readonly Float32Array[]> {
  const names = outputsOf(session, start);
  const results = await session
    .run(feedsOf(session, values, input), names)
    .catch((cause: Error) => {
      throw wrong(start, "a result", "a picture", cause.message, cause);
    });
  const shapes = shapesOf(start, results, input);
  return names.map((name, i) => numbersOf(start, name, results[name], shapes[i]!));
}

function feedsOf(
  { inputMetadata }: InferenceSession,
  values: Float32Array,
  { widthPx, heightPx }: Input,
): InferenceSession.FeedsType {
  const feeds: Record<string, Tensor> = {};
  for (const metadata of inputMetadata) {
    if (!metadata.isTensor) continue;
    const { name, type, shape } = metadata;
    if (name === MASK) feeds[name] = maskOf(type, shape);
    else if (type === "float16")
      feeds[name] = new Tensor("float16", toHalves(values), [1, 3, heightPx, widthPx]);
    else feeds[name] = new Tensor("float32", values, [1, 3, heightPx, widthPx]);
  }
  return feeds;
}

function maskOf(type: Tensor.Type, shape: readonly (number | string)[]): Tensor {
  const sides = [1, 2].map((i) => {
    const stated = shape[i];
    return typeof stated === "number" && stated > 0 ? Math.min(stated, 2048) : MASK_SIDE;
  });
  const count = sides[0]! * sides[1]!;
  return type === "int64"
    ? new Tensor("int64", new BigInt64Array(count).fill(1n), [1, ...sides])
    : new Tensor("float32", new Float32Array(count).fill(1), [1, ...sides]);
}

function shapesOf(
  { family, labels }: DetectorStart,
  results: InferenceSession.ReturnType,
  input: Input,
): readonly (readonly number[])[] {
  if (family.name === "yolox") return [[1, cellsOf(input), 5 + labels.length]];
  const queries = results.logits?.dims[1] ?? 0;
  const classes = labels.length + (family.scores === "softmax" ? 1 : 0);
  return [
    [1, queries, classes],
    [1, queries, 4],
  ];
}

function numbersOf(
  start: DetectorStart,
  name: string,
  output: InferenceSession.OnnxValueMapType[string] | undefined,
  shape: readonly number[],
): Float32Array {
  if (!(output instanceof Tensor)) throw wrong(start, "a tensor", name, "something else");
  const { dims, data } = output;
  if (dims.join() !== shape.join() || dims[1]! > GUESSES_MAX)
    throw wrong(start, `shape ${shape.join(", ")}`, name, dims.join(", "));
  const numbers = data instanceof Uint16Array ? fromHalves(data) : data;
  if (!(numbers instanceof Float32Array)) throw wrong(start, "f32 or f16", name, output.type);
  const odd = numbers.find((number) => !Number.isFinite(number));
  if (odd !== undefined) throw wrong(start, "finite numbers", name, String(odd));
  return numbers;
}

function wrong(
  { file }: DetectorStart,
  what: string,
  name: string,
  received: string,
  cause?: unknown,
): AppError {
  return new AppError(
    "model_unavailable",
    `Expected ${what} for ${name} of ${file} but received ${received}. Which detectors work: docs/models.md.`,
    { cause, details: { file } },
  );
}
