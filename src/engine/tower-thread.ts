// One tower in its worker thread. It may be unloaded when nobody has asked for a while, and is loaded again by the next call.
import { AppError } from "../errors.ts";
import type { Embed, Loaded, TowerMessage } from "./encode-worker.ts";
import { Gate } from "./gate.ts";
import type { TowerStart } from "./open-session.ts";
import { Thread } from "./thread.ts";

/** Calls go through a gate. Whatever ends the worker closes the gate first: it must neither fail a call nor end a worker that
 *  still loads its session, which would abort the process. */
export class TowerThread {
  readonly #gate = new Gate();
  readonly #idleMs: number | undefined;
  readonly #thread: Thread;
  #start: TowerStart;
  #idle: NodeJS.Timeout | undefined;
  #underWay = 0;
  #isClosed = false;

  /** Unloaded after `idleMs` without a call; undefined: never. */
  constructor(start: TowerStart, idleMs?: number) {
    this.#start = start;
    this.#idleMs = idleMs;
    this.#thread = new Thread("encode-worker", start);
  }

  get start(): TowerStart {
    return this.#start;
  }

  /** Loads the tower if it is not. @throws AppError "model_unavailable" */
  async load(): Promise<Loaded> {
    const loaded = await this.#call<Loaded>({ kind: "loaded" });
    const device = loaded.refusal === null ? this.#start.device : loaded.device;
    this.#startWith({ ...this.#start, device, isCompared: false }); // it need not be found out again
    return loaded;
  }

  /** Moves the pixels. @throws AppError "cancelled" once it is closed */
  encode(message: Embed): Promise<Float32Array> {
    const transfer = message.kind === "image" ? [message.values.buffer as ArrayBuffer] : [];
    return this.#call<Float32Array>(message, transfer);
  }

  /** Runs `work` while no call is under way; calls wait for it. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#gate.closedFor(work);
  }

  /** Loads it anew with other settings, between two calls. @throws AppError "model_unavailable" */
  async restart(start: TowerStart): Promise<void> {
    await this.alone(async () => {
      this.#startWith(start);
      await this.#thread.close();
    });
    await this.load();
  }

  /** Waits for the calls under way; later ones fail. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.alone(() => this.#unload());
  }

  #call<Result>(message: TowerMessage, transfer: ArrayBuffer[] = []): Promise<Result> {
    clearTimeout(this.#idle);
    return this.#gate.through(async () => {
      if (this.#isClosed)
        throw new AppError("cancelled", "Expected an open encoder but it was closed.");
      this.#underWay++;
      try {
        return await this.#thread.call<Result>(message, { transfer });
      } finally {
        this.#underWay--;
        this.#waitIdly();
      }
    });
  }

  #waitIdly(): void {
    if (this.#underWay > 0 || this.#idleMs === undefined) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.alone(() => this.#unload()), this.#idleMs);
    this.#idle.unref();
  }

  #startWith(start: TowerStart): void {
    this.#start = start;
    this.#thread.start = start;
  }

  async #unload(): Promise<void> {
    clearTimeout(this.#idle);
    await this.#thread.close();
  }
}
