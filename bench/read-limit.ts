// How fast the threads of this machine can read memory at all: the limit of any scan of that many
// bytes.
import { Worker } from "node:worker_threads";
import asc from "assemblyscript/asc";

const KERNEL = `
export function read(from: usize, bytes: usize): i32 {
  let a = i32x4.splat(0), b = i32x4.splat(0), c = i32x4.splat(0), d = i32x4.splat(0);
  for (let p = from; p < from + bytes; p += 64) {
    a = v128.or(a, v128.load(p));
    b = v128.or(b, v128.load(p, 16));
    c = v128.or(c, v128.load(p, 32));
    d = v128.or(d, v128.load(p, 48));
  }
  return i32x4.extract_lane(v128.or(v128.or(a, b), v128.or(c, d)), 0);
}`;

// Threads start together, when the first word of the memory changes.
const THREAD = `
const { parentPort, workerData: { binary, memory, from, bytes, runs, threads } } = require("node:worker_threads");
const { read } = new WebAssembly.Instance(new WebAssembly.Module(binary), { env: { memory } }).exports;
const words = new Int32Array(memory.buffer);
parentPort.on("message", () => {
  let bestMs = Infinity;
  for (let run = 0; run < runs; run++) {
    Atomics.add(words, 0, 1);
    while (Atomics.load(words, 0) < (run + 1) * threads);
    const start = performance.now();
    read(from, bytes);
    bestMs = Math.min(bestMs, performance.now() - start);
  }
  parentPort.postMessage(bestMs);
});`;

/** Best time, in ms, in which `threads` threads together read `bytes` bytes of shared memory. */
export async function readLimit(bytes: number, threads: number): Promise<number> {
  const binary = await compile();
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true });
  memory.grow(Math.ceil(bytes / 65_536));
  new Uint8Array(memory.buffer, 65_536).fill(1); // untouched pages would all be the same zeros
  const share = Math.floor(bytes / threads / 64) * 64;
  const times = await Promise.all(
    Array.from({ length: threads }, (_, i) =>
      timeThread({ binary, memory, from: 65_536 + i * share, bytes: share, threads, runs: 20 }),
    ),
  );
  return Math.max(...times);
}

async function timeThread(workerData: Readonly<Record<string, unknown>>): Promise<number> {
  const worker = new Worker(THREAD, { eval: true, workerData });
  worker.postMessage("start");
  const bestMs = await new Promise<number>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  await worker.terminate();
  return bestMs;
}

async function compile(): Promise<Uint8Array> {
  const { binary, stderr } = await asc.compileString(KERNEL, {
    optimizeLevel: 3,
    runtime: "stub",
    importMemory: true,
    sharedMemory: true,
    initialMemory: 1,
    maximumMemory: 65_536,
    enable: ["simd", "threads"],
  });
  if (!binary) throw new Error(`Expected a module for the read kernel but received ${stderr}`);
  return binary;
}
