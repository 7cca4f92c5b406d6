// fp32 vectors -> int8 rows: max-abs int8 after a fixed random rotation (Walsh-Hadamard), with the
// least-squares scale, as in RaBitQ (Gao & Long 2024, arXiv:2405.12497) but with 8 bits.

/** Rotates and quantises f32[rows, dim] into i8[rows, stride] and f32[rows] scales.
 *  `row` is scratch for f32[stride]. Returns the greatest norm of (vector - code * scale). */
export function quantise(
  vectors: usize,
  rows: u32,
  dim: u32,
  row: usize,
  stride: u32,
  codes: usize,
  scales: usize,
): f32 {
  let worst: f32 = 0;
  for (let r: u32 = 0; r < rows; r++) {
    memory.copy(row, vectors + <usize>r * dim * 4, dim * 4);
    memory.fill(row + dim * 4, 0, (stride - dim) * 4);
    rotate(row, stride);
    worst = max(worst, quantiseRow(row, stride, codes + <usize>r * stride, scales + (r << 2)));
  }
  return worst;
}

function quantiseRow(row: usize, stride: u32, codes: usize, scale: usize): f32 {
  const greatest = maxAbs(row, stride);
  const factor = f32x4.splat(127 / greatest);
  let products = f32x4.splat(0); // sum of x * code
  let squares = f32x4.splat(0); // sum of code * code
  for (let i: usize = 0; i < stride; i += 4) {
    const x = v128.load(row + (i << 2));
    const code = f32x4.nearest(f32x4.mul(x, factor));
    products = f32x4.add(products, f32x4.mul(x, code));
    squares = f32x4.add(squares, f32x4.mul(code, code));
    const narrow = i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(code), i32x4.splat(0));
    v128.store_lane<u32>(codes + i, i8x16.narrow_i16x8_s(narrow, narrow), 0);
  }
  // Least squares: what is lost is orthogonal to what is kept, which error-bound.ts relies on.
  const step = sum(products) / sum(squares);
  store<f32>(scale, step);
  return residual(row, stride, factor, f32x4.splat(step));
}

function residual(row: usize, stride: u32, factor: v128, step: v128): f32 {
  let squares = f32x4.splat(0);
  for (let i: usize = 0; i < stride; i += 4) {
    const x = v128.load(row + (i << 2));
    const lost = f32x4.sub(x, f32x4.mul(f32x4.nearest(f32x4.mul(x, factor)), step));
    squares = f32x4.add(squares, f32x4.mul(lost, lost));
  }
  return sqrt(sum(squares));
}

function maxAbs(row: usize, stride: u32): f32 {
  let greatest = f32x4.splat(0);
  for (let i: usize = 0; i < stride; i += 4) {
    greatest = f32x4.max(greatest, f32x4.abs(v128.load(row + (i << 2))));
  }
  return max(
    max(f32x4.extract_lane(greatest, 0), f32x4.extract_lane(greatest, 1)),
    max(f32x4.extract_lane(greatest, 2), f32x4.extract_lane(greatest, 3)),
  );
}

@inline
function sum(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}

/** A fixed random rotation of f32[stride], in place. It keeps every cosine and spreads the few
 *  large coordinates that encoders have, which would otherwise coarsen the step of a whole row. */
export function rotate(row: usize, stride: u32): void {
  let random: u32 = 1;
  for (let i: u32 = 0; i < stride; i++) {
    random = random * 1664525 + 1013904223; // Numerical Recipes' LCG; its top bit is the sign
    store<u32>(row + (i << 2), load<u32>(row + (i << 2)) ^ (random & 0x80000000));
  }
  const block = <u32>1 << (31 - clz(stride));
  hadamard(row, block);
  if (block != stride) hadamard(row + ((stride - block) << 2), block);
}

// Walsh-Hadamard transform of f32[size], orthonormal; size is a power of two >= 16.
function hadamard(row: usize, size: u32): void {
  const end = row + (size << 2);
  const scale = f32x4.splat(1 / sqrt(<f32>size));
  for (let p = row; p < end; p += 16) {
    let x = v128.load(p);
    x = f32x4.add(v128.shuffle<f32>(x, x, 1, 0, 3, 2), f32x4.mul(x, f32x4(1, -1, 1, -1)));
    x = f32x4.add(v128.shuffle<f32>(x, x, 2, 3, 0, 1), f32x4.mul(x, f32x4(1, 1, -1, -1)));
    v128.store(p, f32x4.mul(x, scale));
  }
  for (let half: usize = 16; half < size << 2; half <<= 1) {
    for (let block = row; block < end; block += 2 * half) butterfly(block, half);
  }
}

function butterfly(block: usize, half: usize): void {
  for (let p = block; p < block + half; p += 16) {
    const x = v128.load(p);
    const y = v128.load(p + half);
    v128.store(p, f32x4.add(x, y));
    v128.store(p + half, f32x4.sub(x, y));
  }
}
