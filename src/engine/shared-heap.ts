// One growing WebAssembly.Memory, shared by all apps and threads, and who owns which bytes of it.
import { AppError } from "../errors.ts";

const PAGE = 65_536;
const MAX_PAGES = 65_536; // 4 GiB, the most that 32-bit addresses reach
// The first page stays free: address 0 means "none" in the kernel.
const FIRST = PAGE;

type Range = { at: number; bytes: number };

/** Blocks of shared memory. Freed blocks merge with free neighbours and are used again; memory is
 *  never given back, but untouched pages cost nothing. Used by one thread only. */
export class SharedHeap {
  readonly memory: WebAssembly.Memory;
  /** Free ranges in address order, never adjacent. */
  readonly #free: Range[] = [];
  readonly #used = new Map<number, number>();
  #end = FIRST;

  /** @throws AppError "internal" if the machine refuses 4 GiB of address space. */
  constructor() {
    try {
      this.memory = new WebAssembly.Memory({ initial: 16, maximum: MAX_PAGES, shared: true });
    } catch (cause) {
      throw new AppError(
        "internal",
        "Expected 4 GiB of address space for the vector index but received none. Raise `ulimit -v`.",
        { cause },
      );
    }
  }

  /** Bytes in blocks that are not freed. */
  get usedBytes(): number {
    let bytes = 0;
    for (const size of this.#used.values()) bytes += size;
    return bytes;
  }

  /** Address of a block, 64-byte aligned. Contents are whatever was there.
   *  @throws AppError "internal" when 4 GiB are full. */
  alloc(wantedBytes: number): number {
    const bytes = sizeClass(wantedBytes);
    const at = this.#takeFree(bytes) ?? this.#extend(bytes);
    this.#used.set(at, bytes);
    return at;
  }

  /** @throws AppError "internal" if no block starts there. */
  free(at: number): void {
    const bytes = this.#used.get(at);
    if (bytes === undefined) {
      throw new AppError(
        "internal",
        `Expected the address of a block for free but received ${at}.`,
      );
    }
    this.#used.delete(at);
    this.#release({ at, bytes });
  }

  // Best fit: the smallest range that is large enough, so that large ones stay whole.
  #takeFree(bytes: number): number | undefined {
    let best: Range | undefined;
    for (const range of this.#free) {
      if (range.bytes >= bytes && (!best || range.bytes < best.bytes)) best = range;
    }
    if (!best) return undefined;
    const at = best.at;
    best.at += bytes;
    best.bytes -= bytes;
    if (best.bytes === 0) this.#free.splice(this.#free.indexOf(best), 1);
    return at;
  }

  #extend(bytes: number): number {
    const at = this.#end;
    const missing = Math.ceil((at + bytes - this.memory.buffer.byteLength) / PAGE);
    if (missing > 0) this.#grow(missing, bytes);
    this.#end = at + bytes;
    return at;
  }

  // An eighth at once: every growth makes new ArrayBuffers, so few are better than many.
  #grow(missing: number, bytes: number): void {
    const pages = this.memory.buffer.byteLength / PAGE;
    const wanted = Math.min(Math.max(missing, pages >> 3, 16), MAX_PAGES - pages);
    try {
      this.memory.grow(Math.max(wanted, missing));
    } catch (cause) {
      const usedMiB = Math.round(this.usedBytes / 2 ** 20);
      throw new AppError(
        "internal",
        `Expected memory for ${bytes} more bytes of vectors but received none: ${usedMiB} MiB of at most 4096 MiB are in use. Delete apps or inputs.`,
        { cause, details: { usedMiB, bytes } },
      );
    }
  }

  #release(range: Range): void {
    const next = this.#free.findIndex((other) => other.at > range.at);
    const index = next < 0 ? this.#free.length : next;
    this.#free.splice(index, 0, range);
    this.#mergeWithNext(index);
    if (index > 0) this.#mergeWithNext(index - 1);
  }

  #mergeWithNext(index: number): void {
    const range = this.#free[index];
    const next = this.#free[index + 1];
    if (!range || !next || range.at + range.bytes !== next.at) return;
    range.bytes += next.bytes;
    this.#free.splice(index + 1, 1);
  }
}

// Four classes per power of two, and whole pages above 256 KiB, so that freed scratch fits the
// next query.
function sizeClass(bytes: number): number {
  if (bytes <= 256) return 256;
  const step = Math.min(2 ** (Math.floor(Math.log2(bytes - 1)) - 2), PAGE);
  return Math.ceil(bytes / step) * step;
}
