// A vector -> bits, of which nearby vectors share most: on which side of random hyperplanes it lies (Charikar 2002,
// "Similarity estimation techniques from rounding algorithms"). The hyperplanes are the rows of three rounds of random
// signs and a Hadamard transform, which cost n log n rather than n^2 (Andoni et al. 2015, arXiv:1509.02897, section 6).
import { random32 } from "./random.ts";

const SEED = 1_618_033;
const ROUNDS = 3;
/** Per vector. */
export const BITS = 1024;
/** Of 32 bits, per vector. */
export const WORDS = BITS / 32;

export class Signatures {
  readonly #size: number;
  readonly #mean: Float32Array;
  readonly #signs: Float32Array;
  readonly #rotated: Float32Array;

  /** `mean`: [dim] f32 of the collection; the hyperplanes run through it, because embeddings lie in a narrow cone
   *  that most planes through the origin would not cut. */
  constructor(mean: Float32Array) {
    this.#size = 2 ** Math.max(8, Math.ceil(Math.log2(mean.length)));
    this.#mean = mean;
    this.#rotated = new Float32Array(this.#size);
    const next = random32(SEED);
    const count = Math.max(BITS, this.#size) * ROUNDS;
    this.#signs = Float32Array.from({ length: count }, () => (next() & 0x10000 ? 1 : -1));
  }

  /** Writes the signature of the vector at `from` to `into` at `at`. */
  write(vectors: Float32Array, from: number, into: Uint32Array, at: number): void {
    into.fill(0, at, at + WORDS);
    for (let start = 0; start < BITS; start += this.#size) {
      const x = this.#rotate(vectors, from, start);
      for (let i = 0; i < Math.min(x.length, BITS - start); i++) {
        const bit = start + i;
        if (x[i]! > 0) into[at + (bit >> 5)]! |= 1 << (bit & 31);
      }
    }
  }

  #rotate(vectors: Float32Array, from: number, start: number): Float32Array {
    const x = this.#rotated.fill(0);
    for (let i = 0; i < this.#mean.length; i++) x[i] = vectors[from + i]! - this.#mean[i]!;
    for (let round = 0; round < ROUNDS; round++) {
      const signs = start * ROUNDS + round * x.length;
      for (let i = 0; i < x.length; i++) x[i]! *= this.#signs[signs + i]!;
      hadamard(x);
    }
    return x;
  }
}

/** How many of the bits differ. */
export function hamming(signatures: Uint32Array, a: number, b: number): number {
  let count = 0;
  for (let i = 0; i < WORDS; i++) {
    let bits = signatures[a + i]! ^ signatures[b + i]!;
    bits -= (bits >>> 1) & 0x55555555;
    bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
    count += (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  }
  return count;
}

// In place: x -> H x, without the factor, which no sign depends on.
function hadamard(x: Float32Array): void {
  for (let half = 1; half < x.length; half *= 2) {
    for (let start = 0; start < x.length; start += 2 * half) {
      for (let i = start; i < start + half; i++) {
        const a = x[i]!;
        const b = x[i + half]!;
        x[i] = a + b;
        x[i + half] = a - b;
      }
    }
  }
}
