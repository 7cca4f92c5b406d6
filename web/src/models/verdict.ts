// Metrics of a concept -> what they mean, and what would make it better.
import type { ConceptMetrics, VersionConcept } from "../../../src/client/models.ts";

/** "promising": it ranks well, but how precise it is only labels can tell. */
type Quality = "excellent" | "good" | "promising" | "fair" | "weak" | "unmeasured";

export type Advice =
  | { readonly kind: "more"; readonly count: number }
  /** Unlabelled images that look like it count as mistakes. */
  | { readonly kind: "check"; readonly count: number }
  | { readonly kind: "reject" | "missed" | "done" };

export type Verdict = {
  readonly quality: Quality;
  readonly advice: readonly Advice[];
  /** Measured on so few labels that one more can change the figures a lot. */
  readonly isRough: boolean;
};

/** Positives below which more of them help most, and whatever else is said matters less. */
const ENOUGH = 5;
const FINE = 0.8;
/** Labelled images on which a figure can be relied on. */
const RELIABLE = 20;
const ADVICE_MAX = 2;
// From the best down.
const BY_F1 = [
  [0.9, "excellent"],
  [0.75, "good"],
  [0.5, "fair"],
] as const;
const BY_AREA = [
  [0.97, "excellent"],
  [0.9, "good"],
  [0.75, "fair"],
] as const;

export function toVerdict({ positives, metrics }: VersionConcept): Verdict {
  const advice = [...adviseMore(positives), ...(metrics ? adviseOn(metrics) : [])];
  return {
    quality: metrics ? toQuality(metrics) : "unmeasured",
    advice: advice.length === 0 ? [{ kind: "done" }] : advice.slice(0, ADVICE_MAX),
    isRough: metrics !== undefined && countJudged(metrics) < RELIABLE,
  };
}

// Where negatives are only supposed, those that do show it spoil precision, but hardly the area under the curve.
function toQuality({ hasSupposedNegatives, rocAuc, precision, f1 }: ConceptMetrics): Quality {
  const [value, steps] = hasSupposedNegatives ? [rocAuc, BY_AREA] : [f1, BY_F1];
  const quality = steps.find(([least]) => value >= least)?.[1] ?? "weak";
  const isOpen = hasSupposedNegatives && precision < FINE && quality !== "weak";
  return isOpen ? "promising" : quality;
}

function countJudged({ positives, negatives, hasSupposedNegatives }: ConceptMetrics): number {
  return positives + (hasSupposedNegatives ? 0 : negatives);
}

function adviseMore(positives: number): readonly Advice[] {
  return positives < ENOUGH ? [{ kind: "more", count: ENOUGH - positives }] : [];
}

function adviseOn(metrics: ConceptMetrics): readonly Advice[] {
  const { precision, recall, hasSupposedNegatives } = metrics;
  const falseHits = countFalseHits(metrics);
  return [
    ...(hasSupposedNegatives && falseHits > 0
      ? [{ kind: "check", count: falseHits } as const]
      : []),
    ...(!hasSupposedNegatives && precision < FINE ? [{ kind: "reject" } as const] : []),
    ...(recall < FINE ? [{ kind: "missed" } as const] : []),
  ];
}

/** Negatives that it took for positives. */
export function countFalseHits({ positives, precision, recall }: ConceptMetrics): number {
  const hits = recall * positives;
  return precision > 0 ? Math.round(hits / precision - hits) : 0;
}

/** 0.916 -> 92: percentages, and the number of 100 images. */
export function toPercent(share: number): number {
  return Math.round(share * 100);
}

/** The mean over the concepts that were measured; undefined if none was. */
export function toSummary(
  concepts: readonly VersionConcept[],
): Pick<ConceptMetrics, "precision" | "recall" | "f1" | "hasSupposedNegatives"> | undefined {
  const all = concepts.flatMap(({ metrics }) => (metrics ? [metrics] : []));
  if (all.length === 0) return undefined;
  const mean = (key: "precision" | "recall" | "f1") =>
    all.reduce((sum, metrics) => sum + metrics[key], 0) / all.length;
  return {
    precision: mean("precision"),
    recall: mean("recall"),
    f1: mean("f1"),
    hasSupposedNegatives: all.some(({ hasSupposedNegatives }) => hasSupposedNegatives),
  };
}
