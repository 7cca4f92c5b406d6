// A folder of this machine -> a plan to copy a pack from it. It has the repository's layout, or ours; a model that
// Semblance does not know is taken as it is.
import { AppError } from "../../errors.ts";
import { copyFile, sizeOfFile } from "./copy-file.ts";
import type { Variant, VariantName } from "./manifest.ts";
import type { PackKind } from "./pack-kind.ts";
import { fileIn } from "./pack-path.ts";
import type { PlannedFile, PullPlan } from "./pull-plan.ts";

const CONFIGS = ["config.json", "preprocessor_config.json"];
const TOKENIZER = ["tokenizer.json", "tokenizer_config.json"];
/** What is worth taking along where it is. */
const EXTRAS = ["calibration.json"];
const NEEDED: Readonly<
  Record<PackKind, { readonly configs: string[]; readonly graphs: string[] }>
> = {
  encoder: {
    configs: [...CONFIGS, ...TOKENIZER],
    graphs: ["onnx/vision_model", "onnx/text_model"],
  },
  detector: { configs: CONFIGS, graphs: ["onnx/model"] },
};
const SUFFIXES: Readonly<Record<VariantName, readonly string[]>> = {
  fp32: [""],
  fp16: ["_fp16"],
  int8: ["_quantized", "_int8"],
};

/** @throws AppError "model_unavailable" naming the file that is missing or has another size */
export async function planFolder(folder: string, { files }: Variant): Promise<PullPlan> {
  const planned: PlannedFile[] = [];
  for (const { path, target, sha256, sizeBytes } of files) {
    const file = await planFile(folder, [path, target], target, sha256);
    if (sizeBytes !== null && file.sizeBytes !== sizeBytes) {
      throw unusable(
        `Expected ${sizeBytes} bytes for ${path} in ${folder} but received ${file.sizeBytes}.`,
      );
    }
    planned.push(file);
  }
  return { source: folder, files: planned };
}

/** Of a model that is in no manifest. @throws AppError "model_unavailable" naming the file that is missing */
export async function planUnknown(
  folder: string,
  kind: PackKind,
  variant: VariantName,
): Promise<PullPlan> {
  const { configs, graphs } = NEEDED[kind];
  const planned: PlannedFile[] = [];
  for (const name of configs) planned.push(await planFile(folder, [name], name, null));
  for (const graph of graphs) planned.push(...(await planGraph(folder, graph, variant)));
  for (const name of EXTRAS) {
    if (await sizeOfFile(fileIn(folder, name))) {
      planned.push(await planFile(folder, [name], name, null));
    }
  }
  return { source: folder, files: planned };
}

// Weights beside the graph keep the name that the graph calls them by.
async function planGraph(
  folder: string,
  stem: string,
  variant: VariantName,
): Promise<readonly PlannedFile[]> {
  const names = SUFFIXES[variant].map((suffix) => `${stem}${suffix}.onnx`);
  const graph = await planFile(folder, names, `${stem}.onnx`, null);
  const weights = names.map((name) => `${name}_data`);
  for (const name of weights) {
    if (await sizeOfFile(fileIn(folder, name))) {
      return [graph, await planFile(folder, [name], name, null)];
    }
  }
  return [graph];
}

// The first of `names` that is there.
async function planFile(
  folder: string,
  names: readonly string[],
  target: string,
  sha256: string | null,
): Promise<PlannedFile> {
  for (const name of names) {
    const source = fileIn(folder, name);
    const sizeBytes = await sizeOfFile(source);
    if (sizeBytes === undefined) continue;
    return {
      target,
      sha256,
      sizeBytes,
      mayReuse: sha256 !== null,
      fetch: (to, progress) => copyFile(source, sha256, to, progress),
    };
  }
  throw unusable(
    `Expected ${[...new Set(names)].join(" or ")} in ${folder} but there is no such file. ` +
      "Name a folder with a model in Hugging Face layout: its JSON files, and its graphs in onnx/.",
  );
}

function unusable(message: string): AppError {
  return new AppError("model_unavailable", message);
}
