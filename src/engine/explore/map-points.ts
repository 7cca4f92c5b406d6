// Points of a map <-> bytes: rows of inputs f64[n], x f32[n], y f32[n], clusters u16[n], little-endian.

export type MapPoints = {
  /** Rows of inputs, ascending. */
  readonly inputs: Float64Array;
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly clusters: Uint16Array;
};

const POINT_BYTES = 8 + 4 + 4 + 2;

export function toBytes({ inputs, x, y, clusters }: MapPoints): Uint8Array {
  return Buffer.concat(
    [inputs, x, y, clusters].map(
      (numbers) => new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength),
    ),
  );
}

export function fromBytes(bytes: Uint8Array): MapPoints {
  const { buffer } = bytes.slice(); // a copy is aligned, SQLite's buffer need not be
  const count = bytes.byteLength / POINT_BYTES;
  return {
    inputs: new Float64Array(buffer, 0, count),
    x: new Float32Array(buffer, 8 * count, count),
    y: new Float32Array(buffer, 12 * count, count),
    clusters: new Uint16Array(buffer, 16 * count, count),
  };
}

/** The points at these places of the arrays. */
export function pointsAt({ inputs, x, y, clusters }: MapPoints, places: Uint32Array): MapPoints {
  return {
    inputs: Float64Array.from(places, (at) => inputs[at]!),
    x: Float32Array.from(places, (at) => x[at]!),
    y: Float32Array.from(places, (at) => y[at]!),
    clusters: Uint16Array.from(places, (at) => clusters[at]!),
  };
}
