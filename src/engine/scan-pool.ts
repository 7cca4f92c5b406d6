// The threads that scan vectors, the memory they share, and the kernel on the calling thread.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import { AppError } from "../errors.ts";
import { SharedHeap } from "./shared-heap.ts";

// Each query in flight holds 4 bytes per vector of scratch: 4 MB for a million.
const MAX_TURNS = 8;

/** The exports of kernel/scan.ts; every address and count is an unsigned 32-bit integer. */
export type Kernel = {
  scan(job: number, candidates: number): void;
  collect(job: number, candidates: number, minScore: number): void;
  reset(candidates: number, minScore: number): void;
  rank(job: number, spare: number, keys: number, counts: number): number;
  quantise(
    vectors: number,
    rows: number,
    dim: number,
    row: number,
    stride: number,
    codes: number,
    scales: number,
  ): number;
  rotate(row: number, stride: number): void;
  copy(to: number, from: number, bytes: number): void;
};

/** Kernel functions that run in workers. */
export type KernelCall = "scan" | "rank";
export type KernelTask = {
  readonly id: number;
  readonly call: KernelCall;
  readonly args: readonly number[];
};

type Waiting = { resolve(): void; reject(error: AppError): void };
type Thread = { readonly worker: Worker; readonly waiting: Map<number, Waiting> };

/** Scan threads and their memory, one for all apps. Threads start with the first large scan. */
export class ScanPool {
  readonly threads: number;
  readonly heap = new SharedHeap();
  readonly kernel: Kernel;
  readonly #module: WebAssembly.Module;
  readonly #pool: Thread[] = [];
  readonly #queue: (() => void)[] = [];
  #turns = 0;
  #nextId = 1;
  #isClosed = false;

  /** @param threads worker threads, 1 or more. @throws AppError "internal" without 4 GiB of
   *  address space. */
  static async open(threads: number): Promise<ScanPool> {
    return new ScanPool(threads, await WebAssembly.compile(await readFile(resolve("#kernel"))));
  }

  private constructor(threads: number, module: WebAssembly.Module) {
    this.threads = threads;
    this.#module = module;
    const env = { memory: this.heap.memory };
    const { exports } = new WebAssembly.Instance(this.#module, { env });
    this.kernel = exports as Kernel;
  }

  /** Runs `work` when fewer than 8 others run, first come first served. */
  async turn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#turns >= MAX_TURNS) await new Promise<void>((next) => this.#queue.push(next));
    else this.#turns++;
    try {
      return await work();
    } finally {
      const next = this.#queue.shift();
      if (next) next();
      else this.#turns--;
    }
  }

  /** Runs `call` once per element of `argsOf`, each on the least busy thread. Settles when all
   *  have ended, so that the caller may free their memory. @throws AppError "internal" if a thread
   *  died or the pool is closed. */
  async run(call: KernelCall, argsOf: readonly (readonly number[])[]): Promise<void> {
    const ends = await Promise.allSettled(argsOf.map((args) => this.#post(call, args)));
    const failed = ends.find((end) => end.status === "rejected");
    if (failed) throw failed.reason;
  }

  /** Ends the threads; scans in flight are rejected. Indexes of this pool must not be used
   *  afterwards. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#pool.map(({ worker }) => worker.terminate()));
  }

  #post(call: KernelCall, args: readonly number[]): Promise<void> {
    if (this.#isClosed) return Promise.reject(new AppError("internal", "The scan pool is closed."));
    const thread = this.#leastBusy();
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      thread.worker.ref();
      thread.waiting.set(id, { resolve, reject });
      thread.worker.postMessage({ id, call, args } satisfies KernelTask);
    });
  }

  #leastBusy(): Thread {
    while (this.#pool.length < this.threads) this.#pool.push(this.#start());
    return this.#pool.reduce((a, b) => (b.waiting.size < a.waiting.size ? b : a));
  }

  #start(): Thread {
    const worker = new Worker(resolve("#worker/scan-worker"), {
      workerData: { module: this.#module, memory: this.heap.memory },
    });
    const thread: Thread = { worker, waiting: new Map() };
    let cause: unknown;
    worker.on("message", (id: number) => {
      thread.waiting.get(id)?.resolve();
      thread.waiting.delete(id);
      if (thread.waiting.size === 0) worker.unref(); // an idle thread must not keep a command alive
    });
    worker.on("error", (error) => {
      cause = error;
    });
    worker.on("exit", (code) => this.#bury(thread, code, cause));
    return thread;
  }

  // After "exit" the thread touches no memory any more; the next task starts its replacement.
  #bury(thread: Thread, code: number, cause: unknown): void {
    this.#pool.splice(this.#pool.indexOf(thread), 1);
    const message = this.#isClosed
      ? "The scan pool was closed during a scan."
      : `A scan thread ended with code ${code}; another takes its place. Retry the search.`;
    const error = new AppError("internal", message, { cause });
    for (const { reject } of thread.waiting.values()) reject(error);
    thread.waiting.clear();
  }
}

// Through package.json "imports", so that source (vitest, tsx) and dist find the built files alike.
function resolve(specifier: string): string {
  return createRequire(import.meta.url).resolve(specifier);
}
