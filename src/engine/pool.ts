// What sentence-transformers does after a text tower that ends in one state per token: 1_Pooling, then 2_Dense.
// Reimers and Gurevych 2020, arXiv:2004.09813. Weights: github.com/huggingface/safetensors, "Format".
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { readJsonIfAny, unavailable } from "./model-files.ts";

/** weight: [to, from] f32, row-major. */
type Dense = {
  readonly from: number;
  readonly to: number;
  readonly weight: Float32Array;
  readonly bias: Float32Array | null;
  readonly isTanh: boolean;
};

export type Pooling = { readonly mode: "cls" | "mean"; readonly dense: Dense | null };

/** The files that `readPooling` reads. */
export const POOLING_FILES = [
  "1_Pooling/config.json",
  "2_Dense/config.json",
  "2_Dense/model.safetensors",
] as const;
const [POOLING_FILE, DENSE_FILE, WEIGHTS_FILE] = POOLING_FILES;

const IDENTITY = "torch.nn.modules.linear.Identity";
const TANH = "torch.nn.modules.activation.Tanh";

const poolingSchema = z.record(z.string(), z.unknown()).transform((raw, context) => {
  const modes = Object.keys(raw).filter((key) => key.startsWith("pooling_mode_") && raw[key]);
  if (modes.length === 1 && modes[0] === "pooling_mode_cls_token") return "cls" as const;
  if (modes.length === 1 && modes[0] === "pooling_mode_mean_tokens") return "mean" as const;
  const message = `Expected pooling_mode_cls_token or pooling_mode_mean_tokens but received ${modes.join(", ") || "neither"}`;
  context.addIssue({ code: "custom", message });
  return z.NEVER;
});
const denseSchema = z.object({
  in_features: z.number().int().positive(),
  out_features: z.number().int().positive(),
  bias: z.boolean().default(true),
  activation_function: z.enum([IDENTITY, TANH]).default(TANH),
});

/** The steps after the text tower; null in folders that have none.
 *  @throws AppError "model_unavailable" naming the file */
export async function readPooling(folder: string): Promise<Pooling | null> {
  const mode = await readJsonIfAny(folder, POOLING_FILE, poolingSchema);
  if (mode === undefined) return null;
  const shape = await readJsonIfAny(folder, DENSE_FILE, denseSchema);
  return { mode, dense: shape ? await readDense(folder, shape) : null };
}

async function readDense(folder: string, shape: z.infer<typeof denseSchema>): Promise<Dense> {
  const [file, from, to] = [join(folder, WEIGHTS_FILE), shape.in_features, shape.out_features];
  try {
    const bytes = await readFile(file);
    return {
      from,
      to,
      weight: readTensor(bytes, "linear.weight", from * to),
      bias: shape.bias ? readTensor(bytes, "linear.bias", to) : null,
      isTanh: shape.activation_function === TANH,
    };
  } catch (cause) {
    throw unavailable(file, cause);
  }
}

const headerSchema = z.record(
  z.string(),
  z.looseObject({
    dtype: z.string().optional(),
    data_offsets: z.tuple([z.number(), z.number()]).optional(),
  }),
);

function readTensor(bytes: Buffer, name: string, count: number): Float32Array {
  const start = 8 + Number(bytes.readBigUInt64LE(0));
  const header = headerSchema.parse(JSON.parse(bytes.toString("utf8", 8, start)));
  const { dtype, data_offsets: [from, end] = [0, 0] } = header[name] ?? {};
  if (dtype !== "F32" || end - from !== 4 * count)
    throw new Error(`${name} is not ${count} numbers of type F32`);
  return new Float32Array(new Uint8Array(bytes.subarray(start + from, start + end)).buffer);
}

/** States of tokens [N, L, D] and their mask [N, L] -> one row per text: [N, D], or [N, to] with a dense layer. */
export function pool(
  { mode, dense }: Pooling,
  states: Float32Array,
  [n, l, d]: readonly [number, number, number],
  mask: BigInt64Array,
): Float32Array {
  const rows = new Float32Array(n * d);
  for (let i = 0; i < n; i++) {
    const used = mode === "cls" ? 1n : mask.subarray(i * l, (i + 1) * l).reduce((a, b) => a + b);
    for (let t = 0; t < (mode === "cls" ? 1 : l); t++) {
      const weight = mode === "cls" ? 1 : Number(mask[i * l + t]) / Number(used || 1n);
      for (let k = 0; k < d; k++)
        rows[i * d + k]! += weight * (states[(i * l + t) * d + k] as number);
    }
  }
  return dense ? project(rows, n, dense) : rows;
}

function project(rows: Float32Array, n: number, dense: Dense): Float32Array {
  const { from, to, weight, bias, isTanh } = dense;
  const projected = new Float32Array(n * to);
  for (let i = 0; i < n; i++) {
    for (let o = 0; o < to; o++) {
      let sum = bias?.[o] ?? 0;
      for (let k = 0; k < from; k++)
        sum += (weight[o * from + k] as number) * (rows[i * from + k] as number);
      projected[i * to + o] = isTanh ? Math.tanh(sum) : sum;
    }
  }
  return projected;
}
