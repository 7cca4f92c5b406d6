// Reading of text in pictures, in a worker thread that ends when nobody has asked for a while.
import { AppError } from "../../errors.ts";
import { Gate } from "../gate.ts";
import { Thread } from "../thread.ts";
import { readingFolder, requireReadingFiles } from "./files.ts";
import type { Picture, Reading } from "./picture.ts";
import type { ReadingMessage, ReadingStart } from "./reading-worker.ts";

/** The networks leave memory (130 of 250 MB that the process grew by) after so long without a picture. */
const IDLE_MS = 60_000;
/** A page full of small print takes 5 s on a slow machine. */
const LIMIT_MS = 30_000;
/** The worker gives up by itself; it is ended only if it hangs, because a thread that ends while a network runs takes the
 *  whole process along: onnxruntime-node throws where nothing can catch (seen with 1.30). */
const HANG_MS = 120_000;

export type ReaderOptions = {
  /** Threads that compute one picture. */
  readonly threads: number;
  /** With the files of files.ts; default: the package's own. */
  readonly folder?: string;
};

/** `limitMs`: for one picture; `hangMs`: after which a worker that does not answer is ended; `idleMs`: of rest. */
export type ReaderTimes = {
  readonly limitMs: number;
  readonly hangMs: number;
  readonly idleMs: number;
};
const TIMES: ReaderTimes = { limitMs: LIMIT_MS, hangMs: HANG_MS, idleMs: IDLE_MS };

export class Reader {
  readonly #gate = new Gate();
  readonly #thread: Thread;
  readonly #times: ReaderTimes;
  #idle: NodeJS.Timeout | undefined;
  #underWay = 0;
  #isClosed = false;

  /** `thread`: a "reading-worker". */
  constructor(thread: Thread, times = TIMES) {
    this.#thread = thread;
    this.#times = times;
  }

  /** Costs nothing: the networks are loaded at the first picture, each when it is needed.
   *  @throws AppError "model_unavailable" naming the file that is missing */
  static async open({ threads, folder = readingFolder() }: ReaderOptions): Promise<Reader> {
    await requireReadingFiles(folder);
    const start: ReadingStart = { folder, threads };
    return new Reader(new Thread("reading/reading-worker", start));
  }

  /** Text of one picture after another, in the order asked; no text is an empty reading. About 0.1 s without text, 0.3 s
   *  with a few words, 10 ms for each further line.
   *  @throws AppError "invalid_request" for pixels that do not fit their size, "model_unavailable" if a network cannot load,
   *  "internal" if it takes longer than 30 s or the worker dies, "cancelled" once it is closed */
  async read(picture: Picture): Promise<Reading> {
    requirePixels(picture);
    clearTimeout(this.#idle);
    return await this.#gate.through(async () => {
      if (this.#isClosed)
        throw new AppError("cancelled", "Expected an open reader but it was closed.");
      this.#underWay++;
      try {
        return await this.#ask(picture);
      } finally {
        this.#underWay--;
        this.#waitIdly();
      }
    });
  }

  /** Waits for the pictures under way; later ones fail. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#unload();
  }

  #ask(picture: Picture): Promise<Reading> {
    const { limitMs, hangMs } = this.#times;
    const message: ReadingMessage = { picture, limitMs };
    return this.#thread.callInTurn<Reading>(message, hangMs);
  }

  #waitIdly(): void {
    if (this.#underWay > 0) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.#unload(), this.#times.idleMs);
    this.#idle.unref();
  }

  async #unload(): Promise<void> {
    clearTimeout(this.#idle);
    await this.#gate.closedFor(() => this.#thread.close());
  }
}

function requirePixels({ rgb, widthPx, heightPx }: Picture): void {
  const size = widthPx * heightPx * 3;
  if (widthPx > 0 && heightPx > 0 && rgb.length === size) return;
  throw new AppError(
    "invalid_request",
    `Expected ${size} bytes for a picture of ${widthPx} x ${heightPx} pixels but received ${rgb.length}.`,
  );
}
