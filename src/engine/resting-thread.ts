// A worker thread for work that comes in bursts: started by the first call, ended after a rest, started again by the next.
import { AppError } from "../errors.ts";
import { Gate } from "./gate.ts";
import { Thread } from "./thread.ts";

/** Calls go through a gate, one after the other. The end of a rest closes the gate first: it must neither fail a call nor end
 *  a worker that still loads its session, which would abort the process. */
export class RestingThread {
  readonly #gate = new Gate();
  readonly #thread: Thread;
  readonly #name: string;
  readonly #idleMs: number;
  #idle: NodeJS.Timeout | undefined;
  #underWay = 0;
  #isClosed = false;

  /** `worker`, `start`: as those of `Thread`; `name`: for messages. */
  constructor(worker: string, start: unknown, { name, idleMs }: { name: string; idleMs: number }) {
    this.#thread = new Thread(worker, start);
    this.#name = name;
    this.#idleMs = idleMs;
  }

  /** @throws AppError of the worker, "internal" after `timeoutMs`, "cancelled" once it is closed */
  call<Result>(message: unknown, timeoutMs: number): Promise<Result> {
    clearTimeout(this.#idle);
    return this.#gate.through(async () => {
      if (this.#isClosed)
        throw new AppError("cancelled", `Expected an open ${this.#name} but it was closed.`);
      this.#underWay++;
      try {
        return await this.#thread.callInTurn<Result>(message, timeoutMs);
      } finally {
        this.#underWay--;
        this.#rest();
      }
    });
  }

  /** Waits for the calls under way; later ones fail. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#gate.closedFor(() => this.#unload());
  }

  #rest(): void {
    if (this.#underWay > 0) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.#gate.closedFor(() => this.#unload()), this.#idleMs);
    this.#idle.unref();
  }

  async #unload(): Promise<void> {
    clearTimeout(this.#idle);
    await this.#thread.close();
  }
}
