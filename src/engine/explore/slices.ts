// Long work as a generator: the worker runs it slice by slice, so that progress and stopping get in between.

/** How far it is. */
type Progress = { readonly done: number; readonly total: number };

/** Yields now and then, at least every 50 ms or so; returns what it found. */
export type Work<Result> = Generator<Progress, Result, void>;

/** Work that is over has a result. */
export type Slice<Result> = { readonly progress: Progress } | { readonly result: Result };

/** Runs `work` for about `sliceMs`. */
export function runSlice<Result>(work: Work<Result>, sliceMs: number): Slice<Result> {
  const end = performance.now() + sliceMs;
  for (;;) {
    const { done, value } = work.next();
    if (done) return { result: value };
    if (performance.now() >= end) return { progress: value };
  }
}

/** Progress of a scaled part: thousandths. */
const THOUSAND = 1000;

/** `work`, whose own progress counts from share `from` to share `to` (0..1) of the whole. */
export function* scaled<Result>(work: Work<Result>, from: number, to: number): Work<Result> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    const share = value.total > 0 ? value.done / value.total : 0;
    yield { done: Math.round(THOUSAND * (from + (to - from) * share)), total: THOUSAND };
  }
}
