// Outputs of the DETR family -> candidates. Each query names a class and a box; few of them are of anything.
// DETR: Carion et al. 2020, arXiv:2005.12872. RT-DETR: arXiv:2304.08069. D-FINE: arXiv:2410.13842.
import { boxAround, type Candidate } from "./box.ts";

/** DETR was trained with a softmax over its classes and "no object", the last one; its successors with a sigmoid for each. */
export type DetrScores = "softmax" | "sigmoid";

/** logits: [Q, C] f32, row-major; boxes: [Q, 4] f32, centre x, y, width, height in parts of the input. */
export type DetrOutputs = {
  readonly logits: Float32Array;
  readonly boxes: Float32Array;
  readonly scores: DetrScores;
};

/** The best class of each query that reaches `threshold`: a box has one label, so that it is one region. */
export function detrCandidates(outputs: DetrOutputs, threshold: number): readonly Candidate[] {
  const { logits, boxes, scores } = outputs;
  const queries = boxes.length / 4;
  const classes = logits.length / queries;
  const candidates: Candidate[] = [];
  for (let q = 0; q < queries; q++) {
    const row = logits.subarray(q * classes, (q + 1) * classes);
    const classId = bestOf(scores === "softmax" ? row.subarray(0, -1) : row);
    const confidence = scores === "softmax" ? softmax(row, classId) : sigmoid(row[classId]!);
    if (confidence < threshold) continue;
    const [x, y, width, height] = boxes.subarray(4 * q) as unknown as [
      number,
      number,
      number,
      number,
    ];
    candidates.push({ classId, confidence, box: boxAround(x, y, width, height) });
  }
  return candidates;
}

function bestOf(row: Float32Array): number {
  let best = 0;
  for (let i = 1; i < row.length; i++) if (row[i]! > row[best]!) best = i;
  return best;
}

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

function softmax(row: Float32Array, place: number): number {
  const sum = row.reduce((total, logit) => total + Math.exp(logit - row[place]!), 0);
  return 1 / sum; // 0 where another one is so much larger that the sum is infinite
}
