// A worker thread as a set of calls: one message in, one message or error out, matched by number.
import { createRequire } from "node:module";
import { isAbsolute } from "node:path";
import { parentPort, type Transferable, Worker, workerData } from "node:worker_threads";
import { AppError, ERRORS, type ErrorCode } from "../errors.ts";

type Reply = { readonly id: number } & (
  | { readonly result: unknown }
  | { readonly error: { readonly code: ErrorCode; readonly message: string } }
);

type Pending = {
  readonly resolve: (result: never) => void;
  readonly reject: (error: AppError) => void;
  readonly timer: NodeJS.Timeout | undefined;
};

/** Runs one worker of dist/engine. A worker that dies or hangs fails its calls and is started again. */
export class Thread {
  readonly #file: string;
  /** What `serve` of the next worker receives first. */
  start: unknown;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #nextId = 0;

  /** `name`: file in dist/engine without ".js", or the path of any worker; `start`: what its `serve` receives first. */
  constructor(name: string, start?: unknown) {
    // Resolved through package.json "imports", so that it is found from src/ (tests) and dist/ alike.
    this.#file = isAbsolute(name)
      ? name
      : createRequire(import.meta.url).resolve(`#worker/${name}`);
    this.start = start;
  }

  /** @throws AppError of the worker's handler, or "internal" when it dies or takes longer than `timeoutMs`. */
  call<Result>(
    message: unknown,
    options: { transfer?: Transferable[]; timeoutMs?: number } = {},
  ): Promise<Result> {
    const worker = this.#running();
    const id = this.#nextId++;
    return new Promise<Result>((resolve, reject) => {
      const timer =
        options.timeoutMs &&
        setTimeout(() => this.#fail(worker, timedOut(options.timeoutMs)), options.timeoutMs);
      this.#pending.set(id, { resolve, reject, timer: timer || undefined });
      worker.postMessage({ id, message }, options.transfer ?? []);
    });
  }

  /** Like `call`, one at a time in the order asked: the time limit starts when the call does. */
  callInTurn<Result>(message: unknown, timeoutMs: number): Promise<Result> {
    const turn = this.#turn.then(() => this.call<Result>(message, { timeoutMs }));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
  #turn: Promise<unknown> = Promise.resolve();

  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker)
      this.#fail(worker, new AppError("cancelled", "Expected a running worker but it was closed."));
    await worker?.terminate();
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(this.#file, { workerData: this.start });
    worker.unref(); // an idle worker must not keep a command alive
    worker.on("message", (reply: Reply) => this.#settle(reply));
    worker.on("error", (cause) => this.#fail(worker, AppError.from(cause)));
    worker.on("exit", () =>
      this.#fail(worker, new AppError("internal", `Expected ${this.#file} to run but it exited.`)),
    );
    this.#worker = worker;
    return worker;
  }

  #settle(reply: Reply): void {
    const pending = this.#pending.get(reply.id);
    if (!pending) return;
    this.#pending.delete(reply.id);
    clearTimeout(pending.timer);
    if ("error" in reply) pending.reject(new AppError(reply.error.code, reply.error.message));
    else pending.resolve(reply.result as never);
  }

  #fail(worker: Worker, error: AppError): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    void worker.terminate();
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.#pending.clear();
  }
}

function timedOut(timeoutMs: number | undefined): AppError {
  return new AppError(
    "internal",
    `Expected an answer within ${timeoutMs} ms but the worker gave none.`,
  );
}

/** The worker's side: `open` runs once with the start value, its result handles every message.
 *  A handler may return `{ result, transfer }` to move buffers instead of copying them. */
export function serve<Start, Message>(
  open: (
    start: Start,
  ) => Promise<(message: Message) => Promise<{ result: unknown; transfer?: Transferable[] }>>,
): void {
  const port = parentPort;
  if (!port)
    throw new AppError("internal", "Expected a worker thread but this is the main thread.");
  const opened = open(workerData as Start);
  opened.catch(() => undefined); // reported by the first call
  port.on("message", async ({ id, message }: { id: number; message: Message }) => {
    try {
      const { result, transfer } = await (await opened)(message);
      port.postMessage({ id, result }, transfer ?? []);
    } catch (thrown) {
      const { code, message: text } = AppError.from(thrown);
      port.postMessage({ id, error: { code: code in ERRORS ? code : "internal", message: text } });
    }
  });
}
