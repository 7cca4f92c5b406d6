import { describe, expect, test } from "vitest";
import { detrCandidates } from "./detr.ts";

describe("DETR's outputs", () => {
  const boxes = new Float32Array([0.5, 0.5, 0.5, 0.25, 0.25, 0.75, 0.5, 0.5]);
  const around = { left: 0.25, top: 0.375, right: 0.75, bottom: 0.625 };

  test("of a sigmoid for each class: the best class of each query, if it is enough", () => {
    const logits = new Float32Array([-1, 2, 1, -2, -3, -4]);
    const found = detrCandidates({ logits, boxes, scores: "sigmoid" }, 0.5);
    const confidence = expect.closeTo(1 / (1 + Math.exp(-2)), 6);
    expect(found).toEqual([{ classId: 1, confidence, box: around }]);
  });

  test("of a softmax: the last class is no object", () => {
    const logits = new Float32Array([0, 3, 1, 5, 0, 3, 1, 1]);
    const found = detrCandidates({ logits, boxes, scores: "softmax" }, 0.5);
    const sum = 1 + Math.exp(3) + 2 * Math.exp(1);
    expect(found).toMatchObject([{ classId: 1, confidence: expect.closeTo(Math.exp(3) / sum, 6) }]);
    expect(found[0]?.box).toMatchObject({ left: 0, bottom: 1 });
  });

  test("may be as large as numbers are", () => {
    const logits = new Float32Array([-3e38, 3e38, -3e38, -3e38]);
    const one = boxes.subarray(0, 4);
    expect(detrCandidates({ logits, boxes: one, scores: "softmax" }, 0.5)).toMatchObject([
      { classId: 1, confidence: 1 },
    ]);
    expect(
      detrCandidates({ logits: logits.map((x) => -x), boxes: one, scores: "sigmoid" }, 0.5),
    ).toMatchObject([{ classId: 0, confidence: 1 }]);
  });
});
