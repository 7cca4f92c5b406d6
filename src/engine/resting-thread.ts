// A worker thread for work that comes in bursts: started by the first call, ended after a rest, started again by the next.
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../errors.ts";
import { Gate } from "./gate.ts";
import { Thread } from "./thread.ts";

/** How long `close` waits for work whose call has failed by its time limit. */
const LATE_MS = 10_000;

/** Calls go one after the other, through a gate that the end of a rest closes first. A worker is never ended while it
 *  computes or loads: ONNX Runtime would abort the process (Napi::Error, 1.30). So a call that takes too long fails, its
 *  worker goes on, and the next call waits for it within its own time limit. */
export class RestingThread {
  readonly #gate = new Gate();
  readonly #thread: Thread;
  readonly #name: string;
  readonly #idleMs: number;
  #turn: Promise<unknown> = Promise.resolve();
  /** Until the worker has answered. */
  #work: Promise<unknown> = Promise.resolve();
  #isWorking = false;
  #idle: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** `worker`, `start`: as those of `Thread`; `name`: for messages. */
  constructor(worker: string, start: unknown, { name, idleMs }: { name: string; idleMs: number }) {
    this.#thread = new Thread(worker, start);
    this.#name = name;
    this.#idleMs = idleMs;
  }

  /** The time limit starts when the calls before have ended. @throws AppError of the worker, "internal" after
   *  `timeoutMs`, "cancelled" once it is closed */
  call<Result>(message: unknown, timeoutMs: number): Promise<Result> {
    return this.#gate.through(() => {
      if (this.#isClosed)
        throw new AppError("cancelled", `Expected an open ${this.#name} but it was closed.`);
      const turn = this.#turn.then(() => this.#ask<Result>(message, timeoutMs));
      this.#turn = turn.catch(() => undefined);
      return turn;
    });
  }

  /** Waits for the calls under way, and up to 10 s for work that is late; later calls fail. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#gate.closedFor(async () => {
      await Promise.race([this.#work, sleep(LATE_MS, undefined, { ref: false })]);
      await this.#unload();
    });
  }

  #ask<Result>(message: unknown, timeoutMs: number): Promise<Result> {
    return new Promise((resolve, reject) => {
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        reject(this.#tooLate(timeoutMs));
      }, timeoutMs);
      const answer = this.#work.then(() => {
        if (!isLate) return this.#send<Result>(message);
        throw this.#tooLate(timeoutMs);
      });
      answer.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }

  #send<Result>(message: unknown): Promise<Result> {
    clearTimeout(this.#idle);
    this.#isWorking = true;
    const answer = this.#thread.call<Result>(message);
    this.#work = answer
      .catch(() => undefined) // its call says why
      .then(() => {
        this.#isWorking = false;
        this.#idle = setTimeout(
          () => void this.#gate.closedFor(() => this.#unload()),
          this.#idleMs,
        );
        this.#idle.unref();
      });
    return answer;
  }

  async #unload(): Promise<void> {
    clearTimeout(this.#idle);
    if (!this.#isWorking) await this.#thread.close();
  }

  #tooLate(timeoutMs: number): AppError {
    return new AppError(
      "internal",
      `Expected an answer of the ${this.#name} within ${timeoutMs} ms but it still works. Retry later.`,
    );
  }
}
