// How well scores rank, by the usual measures.

/** Mean of the precisions at each good one (Manning et al. 2008, Introduction to Information Retrieval, 8.4). */
export function averagePrecision(
  scores: Float32Array | readonly number[],
  good: ReadonlySet<number>,
): number {
  const order = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!);
  return precisionOf(order, good);
}

/** As `averagePrecision`, of things in order; good ones that are not there count as never found. */
export function precisionOf(order: readonly number[], good: ReadonlySet<number>): number {
  let [found, sum] = [0, 0];
  order.forEach((one, rank) => {
    if (!good.has(one)) return;
    found++;
    sum += found / (rank + 1);
  });
  return sum / good.size;
}

/** A predicted value 0..1 and whether it was true. */
export type Predicted = { readonly value: number; readonly isTrue: boolean };

/** Expected calibration error over `bins` bins of equal width (Guo et al. 2017, On Calibration of Modern Neural Networks):
 *  how far values are from the share that is true, 0 is best. */
export function calibrationError(predicted: readonly Predicted[], bins = 15): number {
  const sums = Array.from({ length: bins }, () => ({ value: 0, truths: 0 }));
  for (const { value, isTrue } of predicted) {
    const bin = sums[Math.min(bins - 1, Math.floor(value * bins))]!;
    bin.value += value;
    if (isTrue) bin.truths++;
  }
  const error = sums.reduce((sum, bin) => sum + Math.abs(bin.value - bin.truths), 0);
  return error / predicted.length;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Cosines of unit rows [n, dim] with a unit vector [dim]. */
export function cosinesWith(rows: Float32Array, query: Float32Array): Float32Array {
  const cosines = new Float32Array(rows.length / query.length);
  for (let i = 0; i < cosines.length; i++) {
    let dot = 0;
    for (let d = 0; d < query.length; d++) dot += query[d]! * rows[i * query.length + d]!;
    cosines[i] = dot;
  }
  return cosines;
}
