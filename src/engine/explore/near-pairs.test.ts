import { expect, test } from "vitest";
import { clusteredVectors, randomVectors } from "../../../bench/vectors.ts";
import { exactPairs } from "./exact-pairs.ts";
import { expectedRecall, hashedPairs } from "./hashed-pairs.ts";
import { angleFrom } from "./near-pairs.ts";
import { Signatures, WORDS } from "./signatures.ts";
import type { Work } from "./slices.ts";

const DIM = 64;

function run<Result>(work: Work<Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** The last `count` of `n` clustered vectors are the first ones with noise: this cosine to them. */
function withCopies(n: number, count: number, cosine: number): Float32Array {
  const vectors = clusteredVectors(n, DIM, 3);
  const noise = randomVectors(count, DIM, 5);
  for (let copy = 0; copy < count; copy++) {
    const original = vectors.subarray(copy * DIM, (copy + 1) * DIM);
    const own = noise.subarray(copy * DIM, (copy + 1) * DIM);
    const along = own.reduce((sum, value, d) => sum + value * original[d]!, 0);
    const across = own.map((value, d) => value - along * original[d]!);
    const length = Math.hypot(...across);
    const sine = Math.sqrt(1 - cosine * cosine);
    const at = (n - 1 - copy) * DIM;
    vectors.set(
      across.map((value, d) => cosine * original[d]! + (sine * value) / length),
      at,
    );
  }
  return vectors;
}

function toSet(pairs: Uint32Array): Set<string> {
  const found = new Set<string>();
  for (let i = 0; i < pairs.length; i += 2) found.add(`${pairs[i]} ${pairs[i + 1]}`);
  return found;
}

test("the exact way finds every pair above the cosine and none below", () => {
  const n = 600;
  const vectors = randomVectors(n, DIM, 11);
  const found = toSet(run(exactPairs(vectors, DIM, 0.35)));
  const expected = new Set<string>();
  for (let a = 0; a < n; a++) {
    for (let b = a + 1; b < n; b++) {
      let cosine = 0;
      for (let d = 0; d < DIM; d++) cosine += vectors[a * DIM + d]! * vectors[b * DIM + d]!;
      if (cosine >= 0.35) expected.add(`${a} ${b}`);
    }
  }
  expect(expected.size).toBeGreaterThan(50);
  expect(found).toEqual(expected);
});

test("hashing finds as many copies as its formula says", () => {
  const [n, copies, cosine] = [6000, 500, 0.97];
  const vectors = withCopies(n, copies, cosine);
  const mean = new Float32Array(DIM);
  for (let i = 0; i < vectors.length; i++) mean[i % DIM]! += vectors[i]! / n;
  const signatures = new Uint32Array(n * WORDS);
  const hash = new Signatures(mean);
  for (let i = 0; i < n; i++) hash.write(vectors, i * DIM, signatures, i * WORDS);
  const found = toSet(run(hashedPairs(signatures, angleFrom(mean, 0.92))));
  const recall =
    Array.from({ length: copies }, (_, i) => found.has(`${i} ${n - 1 - i}`)).filter(Boolean)
      .length / copies;
  expect(recall).toBeGreaterThan(0.97);
  expect(expectedRecall(angleFrom(mean, cosine), n)).toBeGreaterThan(0.97);
  expect(found.size).toBeLessThan(n * 16);
});

test("the expected recall falls with the angle", () => {
  expect(expectedRecall(0.1, 1e6)).toBeGreaterThan(0.999);
  expect(expectedRecall(1.2, 1e6)).toBeLessThan(0.1);
});
