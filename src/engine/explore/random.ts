// Seeded random numbers: whoever computes twice gets the same.

/** 32 bits a call. Xorshift (Marsaglia 2003, doi:10.18637/jss.v008.i14). */
export function random32(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** From 0 to below 1. */
export function randomFraction(seed: number): () => number {
  const next = random32(seed);
  return () => next() / 2 ** 32;
}
