// Ends a fetch that takes too long or that nobody waits for any more.
import { unreachable } from "./fetch-failure.ts";

/** To be ended in any case: it holds a timer and listens to `outer`. */
export class FetchLimit {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #outer: AbortSignal | undefined;
  readonly #abort = () => this.#controller.abort();

  constructor(totalMs: number, outer: AbortSignal | undefined) {
    this.#outer = outer;
    if (outer?.aborted) this.#abort();
    outer?.addEventListener("abort", this.#abort, { once: true });
    const late = unreachable(`it took longer than ${totalMs / 1000} s`, true);
    this.#timer = setTimeout(() => this.#controller.abort(late), totalMs);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The server has been silent for too long. */
  giveUp(idleMs: number): void {
    this.#controller.abort(unreachable(`nothing came for ${idleMs / 1000} s`, true));
  }

  /** For work that takes no signal, such as DNS. */
  race<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = () => reject(this.signal.reason);
      if (this.signal.aborted) stop();
      this.signal.addEventListener("abort", stop, { once: true });
      work.then(resolve, reject);
    });
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener("abort", this.#abort);
  }
}
