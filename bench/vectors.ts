// Seeded unit vectors for benchmarks and tests: uniform on the sphere, or clustered like the
// embeddings of a photo collection. Synthetic, not real embeddings.

/** A source of unsigned 32-bit integers. Xorshift (Marsaglia 2003, doi:10.18637/jss.v008.i14). */
export function random32(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** Uniform on the sphere, f32[n, dim]. */
export function randomVectors(n: number, dim: number, seed: number): Float32Array {
  const next = random32(seed);
  const vectors = new Float32Array(n * dim);
  for (let i = 0; i < vectors.length; i++) vectors[i] = normal(next);
  return toUnit(vectors, dim);
}

/** Clusters of uneven size in 120 topics around one common direction, with a few dominant
 *  coordinates as CLIP has; cosines about 0.4 between topics and 0.8 within a cluster. f32[n,
 *  dim]. `clusterSeed` fixes the clusters, so that queries can come from the same ones. */
export function clusteredVectors(
  n: number,
  dim: number,
  seed: number,
  clusterSeed = 1,
): Float32Array {
  const clusters = 2000;
  const centres = clusterCentres(clusters, dim, clusterSeed);
  const next = random32(seed);
  const spread = 0.45 / Math.sqrt(dim);
  const vectors = new Float32Array(n * dim);
  for (let row = 0; row < n; row++) {
    const cluster = Math.floor(clusters * (next() / 2 ** 32) ** 2); // the first are the largest
    for (let i = 0; i < dim; i++) {
      vectors[row * dim + i] = centres[cluster * dim + i]! + spread * normal(next);
    }
  }
  return toUnit(vectors, dim);
}

function clusterCentres(clusters: number, dim: number, seed: number): Float32Array {
  const common = randomVectors(1, dim, seed);
  common[7 % dim]! += 0.5;
  common[91 % dim]! -= 0.3;
  const topics = randomVectors(120, dim, seed + 1);
  const centres = randomVectors(clusters, dim, seed + 2);
  for (let i = 0; i < centres.length; i++) {
    const topic = (Math.floor(i / dim) % 120) * dim;
    centres[i] = 0.6 * common[i % dim]! + 0.5 * topics[topic + (i % dim)]! + 0.5 * centres[i]!;
  }
  return centres;
}

// The sum of the four bytes of a random integer, mean 0 and variance 1: near enough to a Gaussian,
// and fast.
function normal(next: () => number): number {
  const x = next();
  return ((x & 255) + ((x >>> 8) & 255) + ((x >>> 16) & 255) + (x >>> 24) - 510) / 147.8;
}

function toUnit(vectors: Float32Array, dim: number): Float32Array {
  for (let start = 0; start < vectors.length; start += dim) {
    let squares = 0;
    for (let i = start; i < start + dim; i++) squares += vectors[i]! * vectors[i]!;
    const factor = 1 / Math.sqrt(squares);
    for (let i = start; i < start + dim; i++) vectors[i]! *= factor;
  }
  return vectors;
}
