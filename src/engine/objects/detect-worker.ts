// Worker thread of detector.ts: one ONNX session. Pixels of a picture in, what is in it out.
import { serve } from "../thread.ts";
import type { Box, Candidate } from "./box.ts";
import { type PlacedPixels, toPictureBox } from "./detector-pixels.ts";
import { type DetectorStart, openDetectorSession, runDetector } from "./detector-session.ts";
import { detrCandidates } from "./detr.ts";
import { suppress } from "./suppress.ts";
import { yoloxCandidates } from "./yolox.ts";

/** An object in a picture. `confidence`: 0..1, of the model's own making. */
export type Detection = {
  readonly label: string;
  readonly box: Box;
  readonly confidence: number;
};

export type DetectMessage =
  | { readonly kind: "load" }
  | (PlacedPixels & {
      readonly kind: "detect";
      readonly threshold: number;
      readonly limit: number;
    });

/** Overlap from which two boxes of one class are one object. DETR's queries seldom repeat each other; YOLOX's cells do. */
const OVERLAP_MAX = { detr: 0.7, yolox: 0.5 } as const;

serve<DetectorStart, DetectMessage>(async (start) => {
  const session = await openDetectorSession(start);
  return async (message) => {
    if (message.kind === "load") return { result: null };
    const { values, placement, threshold, limit } = message;
    const outputs = await runDetector(session, start, values, placement.input);
    const candidates = candidatesOf(start, outputs, message).filter(({ classId, confidence }) => {
      return confidence >= threshold && start.labels[classId] !== null;
    });
    const inPicture = candidates.flatMap((candidate) => {
      const box = toPictureBox(candidate.box, placement);
      return box ? [{ ...candidate, box }] : [];
    });
    const overlapMax = OVERLAP_MAX[start.family.name];
    const kept = suppress(inPicture, { overlapMax, limit });
    return { result: kept.map((candidate) => toDetection(candidate, start)) };
  };
});

function candidatesOf(
  { family }: DetectorStart,
  [first, boxes]: readonly Float32Array[],
  { placement, threshold }: Pick<DetectMessage & { kind: "detect" }, "placement" | "threshold">,
): readonly Candidate[] {
  if (family.name === "yolox") return yoloxCandidates(first!, placement.input, threshold);
  return detrCandidates({ logits: first!, boxes: boxes!, scores: family.scores }, threshold);
}

function toDetection(
  { classId, confidence, box }: Candidate,
  { labels }: DetectorStart,
): Detection {
  return { label: labels[classId]!, box, confidence };
}
