// Output of YOLOX -> candidates. Three grids over the picture, each cell a guess: where from here, how large, whether
// there is anything, of which class. Ge et al. 2021, arXiv:2107.08430; the layout is that of its ONNX export.
import { boxAround, type Candidate } from "./box.ts";

/** Pixels from one cell to the next, in the order of the output. */
export const STRIDES = [8, 16, 32] as const;

type Size = { readonly widthPx: number; readonly heightPx: number };

/** Cells of all grids, of an input whose sides are multiples of 32. */
export function cellsOf({ widthPx, heightPx }: Size): number {
  return STRIDES.reduce((sum, stride) => sum + (widthPx / stride) * (heightPx / stride), 0);
}

/** `rows`: [A, 5 + C] f32, row-major: x, y in cells from the cell's corner, logarithms of width and height in cells,
 *  and, after their sigmoid, objectness and a value per class. Boxes are parts of `input`. */
export function yoloxCandidates(
  rows: Float32Array,
  input: Size,
  threshold: number,
): readonly Candidate[] {
  const length = rows.length / cellsOf(input);
  const candidates: Candidate[] = [];
  let start = 0;
  for (const stride of STRIDES) {
    const columns = input.widthPx / stride;
    const cells = columns * (input.heightPx / stride);
    for (let cell = 0; cell < cells; cell++, start += length) {
      const row = rows.subarray(start, start + length);
      const corner = { x: cell % columns, y: Math.floor(cell / columns) };
      if (row[4]! < threshold) continue; // no class can lift it
      const candidate = toCandidate(row, corner, stride, input);
      if (candidate.confidence >= threshold) candidates.push(candidate);
    }
  }
  return candidates;
}

function toCandidate(
  row: Float32Array,
  corner: { readonly x: number; readonly y: number },
  stride: number,
  { widthPx, heightPx }: Size,
): Candidate {
  let classId = 0;
  for (let c = 1; c < row.length - 5; c++) if (row[5 + c]! > row[5 + classId]!) classId = c;
  const [across, down] = [stride / widthPx, stride / heightPx];
  return {
    classId,
    confidence: Math.min(1, row[4]! * row[5 + classId]!),
    box: boxAround(
      (corner.x + row[0]!) * across,
      (corner.y + row[1]!) * down,
      Math.exp(row[2]!) * across,
      Math.exp(row[3]!) * down,
    ),
  };
}
