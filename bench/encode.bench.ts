// npm run bench encode [-- --model FOLDER ...]: images and texts per second by batch size and threads, against the peak of
// the machine; memory with and without the image tower; how long the first image after it was unloaded waits.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { loadConfig } from "../src/config.ts";
import { Encoder } from "../src/engine/encode.ts";
import { type Model, readModel } from "../src/engine/model.ts";
import { wavePixels } from "../src/engine/wave-pixels.ts";
import { encodeOnnx } from "../test/fixtures/onnx.ts";
import { countGflop } from "./count-flop.ts";
import { machine } from "./machine.ts";

const BATCHES = [1, 4, 8, 16, 32, 64] as const;
const ROUNDS = 3;
/** At least one run, and as many as fit. */
const EACH_MS = 250;
const MATRIX = 2048;
const IDLE_MS = 500;
const CAPTION = "two dogs on a beach in the evening";

/** Prints a table per model folder, the embedded encoder if none is named. */
export async function encode(args: readonly string[]): Promise<void> {
  const options = {
    model: { type: "string", multiple: true },
    threads: { type: "string" },
  } as const;
  const { values } = parseArgs({ args: [...args], options });
  const { threads, embedded } = loadConfig({ threads: values.threads }, {});
  console.log(`encode, best of ${ROUNDS} rounds of ${EACH_MS} ms each, generated pixels`);
  console.log(machine());
  for (const folder of values.model ?? [embedded]) {
    await measureModel(await readModel(loadConfig({ model: folder }, {}).model!), threads);
  }
}

async function measureModel(model: Model, threads: number): Promise<void> {
  const { widthPx, heightPx } = model.preprocess;
  console.log(`\nmodel ${model.name}, ${widthPx} x ${heightPx} px, ${model.visionFile}`);
  await memory(model, threads);
  const { pooling, visionFile: file } = model;
  const gflop = await countGflop({ kind: "image", file, picture: [3, heightPx, widthPx], pooling });
  console.log(`${gflop.toFixed(3)} GFLOP per image`);
  for (const count of new Set([1, threads])) await rates(model, count, gflop);
}

/** Of the whole process, this benchmark included. */
async function memory(model: Model, threads: number): Promise<void> {
  const beforeMb = residentMb();
  const encoder = await Encoder.open(model, threads, { imageIdleMs: IDLE_MS });
  const row = onePicture(model);
  await encoder.encodePixels(Array.from({ length: 16 }, () => row));
  const bothMb = residentMb();
  await setTimeout(3 * IDLE_MS);
  const unloadedMb = residentMb();
  const [firstMs, nextMs] = [
    await time(() => encoder.encodePixels([row])),
    await time(() => encoder.encodePixels([row])),
  ];
  await encoder.close();
  console.log(
    `memory: ${beforeMb} MB before, ${bothMb} MB with both towers after 16 images, ${unloadedMb} MB with the image tower unloaded`,
  );
  console.log(
    `image tower: first image after unloading ${firstMs.toFixed(0)} ms, the next ${nextMs.toFixed(1)} ms`,
  );
}

/** Batch sizes and the peak take turns, so that disturbances hit all of them. */
async function rates(model: Model, threads: number, gflop: number): Promise<void> {
  const settings = { imageThreads: threads, textThreads: threads, imageBatch: 64 };
  const encoder = await Encoder.open(model, threads, { settings });
  const peak = await openPeak(threads);
  const [images, texts] = [new Map<number, number>(), new Map<number, number>()];
  const row = onePicture(model);
  let gflops = 0;
  for (let round = 0; round < ROUNDS; round++) {
    gflops = Math.max(gflops, ((await perSecond(1, peak.run)) * 2 * MATRIX ** 3) / 1e9);
    for (const batch of BATCHES) {
      const rows = Array.from({ length: batch }, () => row);
      const captions = Array.from({ length: batch }, () => CAPTION);
      keepBest(images, batch, await perSecond(batch, () => encoder.encodePixels(rows)));
      keepBest(texts, batch, await perSecond(batch, () => encoder.encodeTexts(captions)));
    }
  }
  await Promise.all([encoder.close(), peak.close()]);
  console.log(
    `\n${threads} threads, peak ${gflops.toFixed(0)} GFLOP/s (f32 product of ${MATRIX} x ${MATRIX})`,
  );
  console.log("batch  images/s  % of peak   texts/s");
  for (const batch of BATCHES) {
    const share = (100 * gflop * images.get(batch)!) / gflops;
    const columns = [images.get(batch)!.toFixed(1), share.toFixed(0), texts.get(batch)!.toFixed(0)];
    console.log(
      `${String(batch).padStart(5)} ${columns.map((text) => text.padStart(9)).join(" ")}`,
    );
  }
}

function keepBest(best: Map<number, number>, batch: number, rate: number): void {
  best.set(batch, Math.max(best.get(batch) ?? 0, rate));
}

async function perSecond(count: number, run: () => Promise<unknown>): Promise<number> {
  let [runs, elapsedMs] = [0, 0];
  do {
    elapsedMs += await time(run);
    runs++;
  } while (elapsedMs < EACH_MS);
  return (1000 * runs * count) / elapsedMs;
}

/** A large product in the same runtime: what the machine can do at best. */
async function openPeak(
  threads: number,
): Promise<{ run(): Promise<unknown>; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "semblance-bench-"));
  const values = wavePixels(MATRIX ** 2);
  const shape = [MATRIX, MATRIX];
  const file = join(folder, "product.onnx");
  const graph = {
    inputs: [{ name: "x", type: "float", shape }],
    outputs: [{ name: "y", type: "float", shape }],
    weights: { w: { shape, values } },
    nodes: [{ op: "MatMul", inputs: ["x", "w"], outputs: ["y"] }],
  } as const;
  writeFileSync(file, encodeOnnx(graph));
  const session = await InferenceSession.create(file, { intraOpNumThreads: threads });
  rmSync(folder, { recursive: true, force: true });
  const x = new Tensor("float32", values, shape);
  return { run: () => session.run({ x }), close: () => session.release() };
}

const onePicture = ({ preprocess: { widthPx, heightPx } }: Model): Float32Array =>
  wavePixels(3 * widthPx * heightPx);

const residentMb = (): number => Math.round(process.memoryUsage.rss() / 2 ** 20);

async function time(run: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await run();
  return performance.now() - startMs;
}
