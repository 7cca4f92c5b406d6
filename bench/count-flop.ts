// How many floating-point operations one image costs a tower: from the shapes that onnxruntime's profiler reports for one
// run of the unoptimised graph. Multiplications and additions of convolutions and matrix products; the rest is small.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InferenceSession } from "onnxruntime-node";
import { feedsOf, type Tower } from "../src/engine/tower.ts";

type Shapes = readonly Readonly<Record<string, readonly number[]>>[];
type ProfiledEvent = {
  readonly name: string;
  readonly args?: {
    readonly op_name?: string;
    readonly input_type_shape?: Shapes;
    readonly output_type_shape?: Shapes;
  };
};

/** Operations of one picture, in units of 10^9. */
export async function countGflop(tower: Tower): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "semblance-bench-"));
  try {
    const session = await InferenceSession.create(tower.file, {
      graphOptimizationLevel: "disabled",
      enableProfiling: true,
      profileFilePrefix: join(folder, "profile"),
      logSeverityLevel: 3,
    });
    const [c, h, w] = tower.picture;
    const pixels = { values: new Float32Array(c * h * w), shape: [1, c, h, w] };
    await session.run(feedsOf(session, tower, { pixels }));
    session.endProfiling();
    await session.release();
    const events: readonly ProfiledEvent[] = JSON.parse(
      readFileSync(join(folder, readdirSync(folder)[0]!), "utf8"),
    );
    return events.reduce((sum, event) => sum + operations(event), 0) / 1e9;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function operations({ name, args }: ProfiledEvent): number {
  if (!name.endsWith("_kernel_time") || !args?.input_type_shape) return 0;
  const inputs = args.input_type_shape.map(shapeOf);
  const output = shapeOf(args.output_type_shape?.[0]);
  return 2 * product(output) * addends(args.op_name ?? "", inputs, output);
}

/** Products that are added for one number of the output. */
function addends(
  op: string,
  inputs: readonly (readonly number[])[],
  output: readonly number[],
): number {
  const [first = [], second = []] = inputs;
  if (op === "Conv" || op === "ConvInteger") return product(second.slice(1));
  if (op === "QLinearConv") return product((inputs[3] ?? []).slice(1)); // after a scale and a zero point
  if (op === "Gemm") return product(first) / output[0]!; // transposed or not
  return op.includes("MatMul") ? first.at(-1)! : 0;
}

const shapeOf = (typed: Shapes[number] | undefined): readonly number[] =>
  Object.values(typed ?? {})[0] ?? [];
const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);
