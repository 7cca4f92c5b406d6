// What raises some inputs above what their vectors say: words that are written about or in them, and concepts that were
// predicted for them which are kinds of the one that is asked for. In cosines, so that one scan stays the base of every ranking.
import { type Calibration, cosineOf } from "./calibration.ts";
import type { Concepts } from "./concepts.ts";
import type { App } from "./engine.ts";
import type { Neighbour } from "./nearest.ts";
import type { Store } from "./store.ts";

/** Spreads of the background (see relevance.ts) that a caption is worth of which every word is written there: of 2 to 8 it
 *  finds most captions by others of the same picture (`npm run eval`). */
const WRITTEN_SPREADS = 5;
/** Less of a caption than this is written in many pictures by chance. */
const WRITTEN_MIN = 0.15;
/** Nearest inputs whose predictions are looked at: further down few are kinds of what is asked for. */
const KINDS_WINDOW = 2048;
/** A sum of predictions is never certain. */
const VALUE_MAX = 0.9999;

/** Vector rows with what is added to their cosines, above 0. */
export type Lifted = ReadonlyMap<number, number>;

export type Lift = {
  /** How many of the nearest it looks at. */
  readonly window: number;
  readonly of: (window: readonly Neighbour[], background: LiftBackground) => Lifted;
};
/** `spread`: of the cosines of nothing in particular; `size`: inputs of the app. */
type LiftBackground = { readonly spread: number; readonly size: number };

type Parts = { readonly store: Pick<Store, "vectors" | "words">; readonly space: number };

/** Inputs of an app that a caption is written about or in. */
export function writtenLift({ store, space }: Parts, app: App, text: string): Lift {
  return {
    window: 0,
    of: (_, { spread, size }) => {
      const matches = new Map(
        [...store.words.search(app, text, size)].filter(([, part]) => part >= WRITTEN_MIN),
      );
      const rows = store.vectors.rowsOf([...matches.keys()], space);
      return new Map(
        [...rows].map(([row, input]) => [row, WRITTEN_SPREADS * spread * matches.get(input)!]),
      );
    },
  };
}

/** Inputs for which kinds of a concept of the vocabulary were predicted: `#animal` finds dogs. Independent evidence adds up as
 *  a noisy-or (Pearl 1988, Probabilistic Reasoning in Intelligent Systems, 4.3). Undefined for a concept without kinds. */
export function kindsLift(
  { store, space }: Parts,
  concepts: Pick<Concepts, "kindsOf" | "value">,
  calibration: Calibration,
  index: number,
): Lift | undefined {
  const kinds = concepts.kindsOf(index);
  if (kinds.size === 0) return undefined;
  const toValue = (cosine: number) => concepts.value(cosine, index);
  const prior = logit(toValue(calibration.threshold));
  return {
    window: KINDS_WINDOW,
    of: (window) => {
      const rows = window.map(({ row }) => row);
      const predicted = store.vectors.predictionsOf(rows, space);
      const lifted = new Map<number, number>();
      window.forEach(({ row, scoreCosine }, i) => {
        const absent = predicted[i]!.reduce(
          (part, [id, value]) => (kinds.has(id) ? part * (1 - value) : part),
          1,
        );
        if (absent === 1) return;
        const value = Math.min(VALUE_MAX, 1 - absent * (1 - toValue(scoreCosine)));
        const cosine = cosineOf(calibration, value) - prior / calibration.slope;
        if (cosine > scoreCosine) lifted.set(row, cosine - scoreCosine);
      });
      return lifted;
    },
  };
}

function logit(value: number): number {
  return Math.log(value / (1 - value));
}
