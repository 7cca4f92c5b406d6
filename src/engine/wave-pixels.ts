// Preprocessed pixels of a picture that does not exist, to try and to time image towers with.

/** `count` f32 of -1..1, the same every time. */
export function wavePixels(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin(i / 7) * Math.cos(i / 1013));
}
