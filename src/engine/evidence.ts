// Whether an app has anything of what is asked for. The nearest picture of anything is near: how near, depends on the pictures.
// So it is compared with what describes the same picture best, and that with how well the app's pictures answer to
// concepts in general, most of which they do not show: drawings answer to everything less than photographs do.
import type { Calibration } from "./calibration.ts";
import type { ExactIndex, Neighbour } from "./nearest.ts";

/** Nearest pictures that are looked at. */
const NEAREST_SIZE = 20;
/** Larger apps are asked in the background; the first searches do without. */
const INLINE_SIZE = 20_000;
/** An app that has grown or shrunk by so much is asked again. */
const CHANGED_PART = 0.25;

/** A picture near the query. `described`: mean cosine of the concepts that describe it best; undefined if nobody knows. */
export type Near = { readonly cosine: number; readonly described?: number | undefined };

/** Log odds of the query against what describes the same picture best, of the picture where they are greatest; undefined
 *  where nobody knows. */
export function evidenceOf(
  nearest: readonly Near[],
  { slope }: Pick<Calibration, "slope">,
): number | undefined {
  const logOdds = nearest.flatMap(({ cosine, described }) =>
    described === undefined ? [] : [slope * (cosine - described)],
  );
  return logOdds.length === 0 ? undefined : Math.max(...logOdds);
}

/** Mean cosines of the concepts that describe the inputs of vectors best; undefined where nobody knows. */
export type Describe = (rows: readonly number[]) => readonly (number | undefined)[];

type Known = { readonly size: number; readonly evidence: number | undefined };

export class Evidence {
  readonly #calibration: Calibration;
  readonly #describe: Describe;
  readonly #concepts: () => readonly Float32Array[] | undefined;
  readonly #known = new WeakMap<ExactIndex, Known>();
  readonly #asking = new WeakMap<ExactIndex, Promise<Known>>();

  /** `concepts`: vectors of some that stand for all, [dim] f32 each; undefined while there are none. */
  constructor(
    calibration: Calibration,
    describe: Describe,
    concepts: () => readonly Float32Array[] | undefined,
  ) {
    this.#calibration = calibration;
    this.#describe = describe;
    this.#concepts = concepts;
  }

  /** What is near a query, whatever filters say, nearest first. */
  async nearest(index: ExactIndex, query: Float32Array): Promise<readonly Near[]> {
    return this.described((await index.nearest(query, NEAREST_SIZE)).neighbours);
  }

  /** The first of these neighbours. `describes`: default yes. */
  described(neighbours: readonly Neighbour[], describes = true): readonly Near[] {
    const first = neighbours.slice(0, NEAREST_SIZE);
    const described = describes ? this.#describe(first.map(({ row }) => row)) : [];
    return first.map(({ scoreCosine }, i) => ({ cosine: scoreCosine, described: described[i] }));
  }

  /** The median evidence of concepts in general; undefined while nobody knows. */
  async usual(index: ExactIndex): Promise<number | undefined> {
    const known = this.#known.get(index);
    if (known && Math.abs(index.size - known.size) <= CHANGED_PART * known.size)
      return known.evidence;
    const concepts = this.#concepts();
    if (!concepts) return known?.evidence;
    const asking = this.#ask(index, concepts);
    if (index.size <= INLINE_SIZE) return (await asking).evidence;
    asking.catch(() => undefined); // the index was closed meanwhile
    return known?.evidence;
  }

  #ask(index: ExactIndex, concepts: readonly Float32Array[]): Promise<Known> {
    const running = this.#asking.get(index);
    if (running) return running;
    const asking = this.#median(index, concepts).finally(() => this.#asking.delete(index));
    this.#asking.set(index, asking);
    return asking;
  }

  async #median(index: ExactIndex, concepts: readonly Float32Array[]): Promise<Known> {
    const { size } = index;
    const found: number[] = [];
    for (const vector of concepts) {
      const evidence = evidenceOf(await this.nearest(index, vector), this.#calibration);
      if (evidence !== undefined) found.push(evidence);
    }
    found.sort((a, b) => a - b);
    const known = { size, evidence: found[found.length >> 1] };
    this.#known.set(index, known);
    return known;
  }
}
