// Worker thread: runs kernel functions on the shared memory, in the order they arrive. An exception
// ends the thread; scan-pool.ts then rejects what it was doing and starts another.
import { parentPort, workerData } from "node:worker_threads";
import type { KernelCall, KernelTask } from "./scan-pool.ts";

const { module, memory } = workerData as { module: WebAssembly.Module; memory: WebAssembly.Memory };
const instance = new WebAssembly.Instance(module, { env: { memory } });
const kernel = instance.exports as Record<KernelCall, (...args: number[]) => number | undefined>;

parentPort?.on("message", ({ id, call, args }: KernelTask) => {
  kernel[call](...args);
  parentPort?.postMessage(id);
});
