// The nearest few of each vector, kept while pairs come in: lest a thousand shots of one scene become half a million
// pairs, and lest what is merely alike crowds out the copies.

/** Neighbours of one vector: a group that is larger may come apart. */
const KEPT = 16;

export class NearestOfEach {
  /** [n, KEPT], the nearest first. */
  readonly #neighbours: Uint32Array;
  readonly #scores: Float32Array;
  readonly #counts: Uint8Array;

  constructor(count: number) {
    this.#neighbours = new Uint32Array(count * KEPT);
    this.#scores = new Float32Array(count * KEPT).fill(Number.NEGATIVE_INFINITY);
    this.#counts = new Uint8Array(count);
  }

  /** Scores that are not above it change nothing for this pair. */
  floor(a: number, b: number): number {
    return Math.min(this.#scores[a * KEPT + KEPT - 1]!, this.#scores[b * KEPT + KEPT - 1]!);
  }

  /** `score`: greater is nearer. A pair that is there already stays as it is. */
  add(a: number, b: number, score: number): void {
    this.#insert(a, b, score);
    this.#insert(b, a, score);
  }

  /** The nearest of one, with their scores, the nearest first. */
  of(vector: number): {
    readonly neighbours: readonly number[];
    readonly scores: readonly number[];
  } {
    const start = vector * KEPT;
    const end = start + this.#counts[vector]!;
    return {
      neighbours: [...this.#neighbours.subarray(start, end)],
      scores: [...this.#scores.subarray(start, end)],
    };
  }

  /** [a, b, a, b, ...], a below b, each pair once. */
  pairs(): Uint32Array {
    const pairs: number[] = [];
    this.#counts.forEach((count, a) => {
      for (const b of this.#neighbours.subarray(a * KEPT, a * KEPT + count)) {
        if (a < b || !this.#has(b, a)) pairs.push(Math.min(a, b), Math.max(a, b));
      }
    });
    return Uint32Array.from(pairs);
  }

  #has(of: number, other: number): boolean {
    const start = of * KEPT;
    return this.#neighbours.subarray(start, start + this.#counts[of]!).includes(other);
  }

  #insert(of: number, other: number, score: number): void {
    const start = of * KEPT;
    const count = this.#counts[of]!;
    if (score <= this.#scores[start + KEPT - 1]! || this.#has(of, other)) return;
    let at = Math.min(count, KEPT - 1);
    for (; at > 0 && this.#scores[start + at - 1]! < score; at--) {
      this.#scores[start + at] = this.#scores[start + at - 1]!;
      this.#neighbours[start + at] = this.#neighbours[start + at - 1]!;
    }
    this.#scores[start + at] = score;
    this.#neighbours[start + at] = other;
    this.#counts[of] = Math.min(KEPT, count + 1);
  }
}
