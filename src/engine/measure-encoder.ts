// An encoder on this machine -> the threads and the batch size that give most images per second and the fastest caption. A
// second tower is timed with generated pixels, between the runs of the one that works.
import { setImmediate } from "node:timers/promises";
import type { Encoder } from "./encode.ts";
import type { Embed } from "./encode-worker.ts";
import { boundedBatch, type EncoderSettings, LARGEST_BATCH } from "./encoder-settings.ts";
import { createTokenizer } from "./tokenize.ts";
import { TowerThread } from "./tower-thread.ts";
import { wavePixels } from "./wave-pixels.ts";

const BATCHES = [1, 4, 8, 16, 32, 64] as const;
/** Times for all batch sizes, for each other number of threads, and for all; loading a tower comes on top. */
const BATCHES_MS = 1000;
const THREADS_MS = 150;
const LIMIT_MS = 4000;
/** Tries of each: the fastest counts, others were disturbed. */
const ROUNDS = 5;
/** A try lasts so long at least: on a busy machine a single short run may be lucky. */
const TRY_MS = 40;
/** As good as the best: fewer threads leave cores for decoding, smaller batches let searches through. */
const TOLERANCE = 1.05;
const CAPTION = "two dogs on a beach in the evening";

type Kind = "image" | "text";
/** Milliseconds per image at best, by batch size or number of threads. */
type Times = ReadonlyMap<number, number>;
/** Encodes so many; how many milliseconds it took. */
type Run = (count: number) => Promise<number>;

/** Takes about two seconds for the embedded encoder, 5 at most unless loading is slow. @throws the reason of `signal` */
export async function measureEncoder(
  encoder: Encoder,
  threads: number,
  signal: AbortSignal,
): Promise<EncoderSettings> {
  const endMs = performance.now() + LIMIT_MS;
  const counts = halvings(threads);
  const batches = await timesOfBatches(encoder, threads, signal);
  const imageBatch = leastOf(batches);
  const image = new Map([[threads, batches.get(imageBatch)!]]);
  await timeThreads(encoder, "image", counts.slice(1), { batch: imageBatch, endMs }, image, signal);
  const text = new Map<number, number>();
  await timeThreads(encoder, "text", counts, { batch: 1, endMs }, text, signal);
  return { imageThreads: leastOf(image), textThreads: leastOf(text), imageBatch };
}

/** All, half, ..., one. */
function halvings(threads: number): readonly number[] {
  return threads > 1 ? [threads, ...halvings(Math.floor(threads / 2))] : [1];
}

/** The least of those that are as good as the best. */
function leastOf(times: Times): number {
  const best = Math.min(...times.values());
  return Math.min(...[...times.keys()].filter((size) => times.get(size)! <= TOLERANCE * best));
}

async function timesOfBatches(
  encoder: Encoder,
  threads: number,
  signal: AbortSignal,
): Promise<Times> {
  const largest = boundedBatch(LARGEST_BATCH, encoder.model.preprocess);
  const batches = BATCHES.filter((size) => size <= largest);
  return withTower(encoder, "image", threads, async (run) => {
    await run(1); // the first run allocates
    return timesOf(run, batches, performance.now() + BATCHES_MS, signal);
  });
}

async function timeThreads(
  encoder: Encoder,
  kind: Kind,
  counts: readonly number[],
  { batch, endMs }: { readonly batch: number; readonly endMs: number },
  times: Map<number, number>,
  signal: AbortSignal,
): Promise<void> {
  for (const threads of counts) {
    signal.throwIfAborted();
    if (times.size > 0 && performance.now() > endMs) return;
    const own = await withTower(encoder, kind, threads, async (run) => {
      await run(batch);
      return timesOf(run, [batch], performance.now() + THREADS_MS, signal);
    });
    times.set(threads, own.get(batch)!);
  }
}

/** In rounds, so that all sizes see the same disturbances; a size for which there is not enough time is left out. */
async function timesOf(
  run: Run,
  sizes: readonly number[],
  endMs: number,
  signal: AbortSignal,
): Promise<Times> {
  const times = new Map<number, number>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const size of sizes) {
      const expectedMs = Math.max(TRY_MS, size * Math.min(...times.values()));
      if (times.size > 0 && performance.now() + expectedMs > endMs) continue;
      const eachMs = (await tryMs(run, size, signal)) / size;
      times.set(size, Math.min(times.get(size) ?? eachMs, eachMs));
    }
  }
  return times;
}

/** Mean time of one run. */
async function tryMs(run: Run, size: number, signal: AbortSignal): Promise<number> {
  let [runs, elapsedMs] = [0, 0];
  while (elapsedMs < TRY_MS) {
    await setImmediate(undefined, { signal }); // whoever waits goes first
    elapsedMs += await run(size);
    runs++;
  }
  return elapsedMs / runs;
}

async function withTower<T>(
  encoder: Encoder,
  kind: Kind,
  threads: number,
  work: (run: Run) => Promise<T>,
): Promise<T> {
  const tower = new TowerThread({ ...encoder.start(kind), threads });
  const messageOf = kind === "image" ? picturesOf(encoder) : captionOf(encoder);
  try {
    await tower.load();
    return await work((count) => {
      const message = messageOf(count);
      return encoder.withoutImages(async () => {
        const startMs = performance.now();
        await tower.encode(message);
        return performance.now() - startMs;
      });
    });
  } finally {
    await tower.close();
  }
}

function picturesOf({ model }: Encoder): (count: number) => Embed {
  const { widthPx, heightPx } = model.preprocess;
  const picture = wavePixels(3 * heightPx * widthPx);
  return (count) => {
    const values = new Float32Array(count * picture.length);
    for (let n = 0; n < count; n++) values.set(picture, n * picture.length);
    return { kind: "image", values, shape: [count, 3, heightPx, widthPx] };
  };
}

function captionOf({ model }: Encoder): () => Embed {
  const tokens = createTokenizer(model.tokenize)([CAPTION]);
  return () => ({ kind: "text", tokens });
}
