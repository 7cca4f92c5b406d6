// A gate that work goes through and that a switch closes for a moment: nothing is half done while it is closed.

export class Gate {
  #inside = 0;
  #closed = false;
  readonly #onOpen: () => void;
  #whenEmpty: (() => void) | undefined;
  #whenOpen: Promise<void> = Promise.resolve();

  /** `onOpen`: told when it opens again. */
  constructor(onOpen: () => void = () => undefined) {
    this.#onOpen = onOpen;
  }

  get isOpen(): boolean {
    return !this.#closed;
  }

  /** Goes in; whoever does must leave. To be asked only while it is open. */
  enter(): void {
    this.#inside++;
  }

  leave(): void {
    this.#inside--;
    if (this.#inside === 0) this.#whenEmpty?.();
  }

  /** Does work inside, once the gate is open. */
  async through<T>(work: () => Promise<T>): Promise<T> {
    while (this.#closed) await this.#whenOpen;
    this.enter();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  /** Lets nobody in, waits until all have left, works, opens. One at a time. */
  async closedFor<T>(work: () => Promise<T>): Promise<T> {
    while (this.#closed) await this.#whenOpen;
    this.#closed = true;
    let open = () => {};
    this.#whenOpen = new Promise((resolve) => {
      open = resolve;
    });
    try {
      if (this.#inside > 0) await this.#empty();
      return await work();
    } finally {
      this.#whenEmpty = undefined;
      this.#closed = false;
      open();
      this.#onOpen();
    }
  }

  #empty(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenEmpty = resolve;
    });
  }
}
