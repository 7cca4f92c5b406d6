// npm run bench ingest: images per second of decoding, of encoding, and of the whole way into the store.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import sharp from "sharp";
import { loadConfig } from "../src/config.ts";
import { decode } from "../src/engine/decode.ts";
import { Encoder } from "../src/engine/encode.ts";
import type { App } from "../src/engine/engine.ts";
import { readModel } from "../src/engine/model.ts";
import { DEFAULT_APP, openEngine } from "../src/engine/open-engine.ts";
import { preprocess } from "../src/engine/preprocess.ts";
import { Thread } from "../src/engine/thread.ts";
import { makeThumbnail } from "../src/engine/thumbnail.ts";
import { machine } from "./machine.ts";
import { random32 } from "./vectors.ts";

const IMAGES = 400;
const ROUNDS = 3;
const WIDTH = 1728;
const HEIGHT = 1152;

/** Prints the best of three rounds each, interleaved, and the peak memory. */
export async function ingest(): Promise<void> {
  console.log(`ingest, ${IMAGES} generated JPEGs of 2 megapixels, embedded encoder`);
  console.log(machine());
  const folder = mkdtempSync(join(tmpdir(), "semblance-bench-"));
  try {
    const photos = join(folder, "photos");
    mkdirSync(photos);
    const files = await drawPhotos(photos);
    await compare(folder, photos, files);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(folder: string, photos: string, files: readonly string[]): Promise<void> {
  const config = loadConfig({ data: join(folder, "data") }, {});
  sharp.concurrency(1);
  sharp.cache(false);
  const rates = { decode: 0, encode: 0, "end to end": 0 };
  for (let round = 0; round < ROUNDS; round++) {
    rates.decode = Math.max(rates.decode, await decodeOnly(files, config.threads, config.embedded));
    rates.encode = Math.max(rates.encode, await encodeOnly(config.embedded, config.threads));
    const data = join(folder, `data-${round}`);
    rates["end to end"] = Math.max(rates["end to end"], await endToEnd(data, photos));
  }
  for (const [stage, rate] of Object.entries(rates)) {
    console.log(`${stage.padEnd(12)} ${rate.toFixed(1).padStart(8)} images/s`);
  }
  const slower = Math.min(rates.decode, rates.encode);
  console.log(
    `end to end reaches ${((100 * rates["end to end"]) / slower).toFixed(0)} % of the slower stage`,
  );
  // Both stages compute on the same cores, so not even a perfect overlap is faster than this.
  const bound = 1 / (1 / rates.decode + 1 / rates.encode);
  console.log(
    `and ${((100 * rates["end to end"]) / bound).toFixed(0)} % of the ${bound.toFixed(1)} images/s that the two stages leave room for on shared cores`,
  );
  console.log(`peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
}

/** What happens to each image before the encoder: read, decode, thumbnail, preprocess. */
async function decodeOnly(
  files: readonly string[],
  threads: number,
  folder: string,
): Promise<number> {
  const model = await readModel(folder);
  const codecs = new Thread("codec-worker");
  const queue = [...files];
  const work = async () => {
    for (let file = queue.pop(); file; file = queue.pop()) {
      const picture = await decode(readFileSync(file), codecs);
      await Promise.all([makeThumbnail(picture), preprocess(picture, model.preprocess)]);
    }
  };
  const startMs = performance.now();
  await Promise.all(Array.from({ length: threads + 1 }, work));
  return (1000 * files.length) / (performance.now() - startMs);
}

async function encodeOnly(folder: string, threads: number): Promise<number> {
  const model = await readModel(folder);
  const encoder = await Encoder.open(model, threads);
  const { widthPx, heightPx } = model.preprocess;
  const batch = Array.from({ length: 16 }, () =>
    new Float32Array(3 * widthPx * heightPx).fill(0.1),
  );
  await encoder.encodePixels(batch);
  const startMs = performance.now();
  for (let done = 0; done < IMAGES; done += batch.length) await encoder.encodePixels(batch);
  const rate = (1000 * IMAGES) / (performance.now() - startMs);
  await encoder.close();
  return rate;
}

async function endToEnd(data: string, photos: string): Promise<number> {
  const engine = await openEngine({ config: loadConfig({ data }, {}), onError: console.error });
  const app = (await engine.app(DEFAULT_APP.userId, DEFAULT_APP.id)) as App;
  await engine.findConcepts(app, "a", 1); // the vocabulary is embedded once per model, not per image
  const startMs = performance.now();
  await engine.addPaths(app, [photos]);
  while ((await engine.countInputs(app)).pending > 0) await setTimeout(10);
  const seconds = (performance.now() - startMs) / 1000;
  const { processed } = await engine.countInputs(app);
  await engine.close();
  if (processed !== IMAGES)
    throw new Error(`Expected ${IMAGES} images but ${processed} were indexed.`);
  return processed / seconds;
}

/** 2-megapixel JPEGs with the detail of photographs: soft shapes and grain, different each. */
async function drawPhotos(folder: string): Promise<readonly string[]> {
  const random = random32(7);
  const grain = Int8Array.from(
    { length: WIDTH * HEIGHT * 3 + IMAGES },
    () => (random() >>> 27) - 16,
  );
  const files: string[] = [];
  for (let i = 0; i < IMAGES; i++) {
    const shapes = Buffer.from(Array.from({ length: 24 * 16 * 3 }, () => random() >>> 24));
    const pixels = await sharp(shapes, { raw: { width: 24, height: 16, channels: 3 } })
      .resize(WIDTH, HEIGHT, { fit: "fill", kernel: "cubic" })
      .raw()
      .toBuffer();
    for (let p = 0; p < pixels.length; p++) {
      pixels[p] = Math.min(255, Math.max(0, pixels[p]! + grain[p + i]!));
    }
    files.push(join(folder, `${i}.jpg`));
    const photo = sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
    await photo.jpeg({ quality: 85 }).toFile(files[i]!);
  }
  return files;
}
