import { expect, test } from "vitest";
import type { ConceptMetrics, VersionConcept } from "../../../src/client/models.ts";
import { countFalseHits, toSummary, toVerdict } from "./verdict.ts";

const perfect: ConceptMetrics = {
  positives: 10,
  negatives: 20,
  hasSupposedNegatives: false,
  rocAuc: 1,
  averagePrecision: 1,
  precision: 1,
  recall: 1,
  f1: 1,
};

function concept(positives: number, change?: Partial<ConceptMetrics>): VersionConcept {
  const metrics = change && { ...perfect, ...change };
  return { id: "c", name: "c", positives, negatives: 0, metrics };
}

test("too few examples are not measured, and more are asked for", () => {
  expect(toVerdict(concept(1))).toEqual({
    quality: "unmeasured",
    advice: [{ kind: "more", count: 4 }],
    isRough: false,
  });
});

test("what is good needs nothing", () => {
  const { quality, advice, isRough } = toVerdict(concept(10, {}));
  expect([quality, advice, isRough]).toEqual(["excellent", [{ kind: "done" }], false]);
});

test("too many wrong ones are to be rejected, what it misses is to be shown", () => {
  const verdict = toVerdict(concept(10, { precision: 0.5, recall: 0.5, f1: 0.5 }));
  expect(verdict).toMatchObject({
    quality: "fair",
    advice: [{ kind: "reject" }, { kind: "missed" }],
  });
});

test("false hits among images that nobody labelled are to be checked, and promise more than they say", () => {
  const supposed = { hasSupposedNegatives: true, precision: 0.25, rocAuc: 0.98, f1: 0.4 };
  expect(toVerdict(concept(10, supposed))).toEqual({
    quality: "promising",
    advice: [{ kind: "check", count: 30 }],
    isRough: true,
  });
  expect(toVerdict(concept(10, { ...supposed, precision: 0.9 })).quality).toBe("excellent");
  expect(toVerdict(concept(10, { ...supposed, rocAuc: 0.6 })).quality).toBe("weak");
});

test("few labelled images make rough figures", () => {
  expect(toVerdict(concept(10, { negatives: 5 })).isRough).toBe(true);
});

test("false hits follow from precision and recall", () => {
  expect(countFalseHits({ ...perfect, precision: 0.8, recall: 0.8 })).toBe(2);
  expect(countFalseHits({ ...perfect, precision: 0, recall: 0 })).toBe(0);
});

test("the summary is the mean of what was measured", () => {
  const measured = [concept(9, { precision: 0.5 }), concept(9, { precision: 1 }), concept(1)];
  expect(toSummary(measured)).toMatchObject({ precision: 0.75, recall: 1 });
  expect(toSummary([concept(1)])).toBeUndefined();
});
