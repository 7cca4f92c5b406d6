// npm run calibrate -- --model FOLDER --photos FOLDER: how sure a concept is at a cosine, fitted on labelled pictures that were
// never trained on -> calibration.json for the model's folder: value = sigmoid(slope * (cosine - threshold)).
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadConfig } from "../src/config.ts";
import { openFolderBlobs } from "../src/engine/blobs.ts";
import { Concepts } from "../src/engine/concepts.ts";
import { decode } from "../src/engine/decode.ts";
import { Encoder } from "../src/engine/encode.ts";
import { readModel } from "../src/engine/model.ts";
import { ScanPool } from "../src/engine/scan-pool.ts";
import { Thread } from "../src/engine/thread.ts";
import { dot } from "../src/engine/training/linear.ts";
import { readPhotos } from "./photos.ts";

const BATCH = 16;
const STEPS = 50;
/** Cosines alone are asked for. */
const UNUSED = { slope: 1, threshold: 0 };

type Pair = { readonly cosine: number; readonly isLabel: boolean };

const { values } = parseArgs({
  options: {
    model: { type: "string" },
    photos: { type: "string", default: "../shared/photos" },
    write: { type: "boolean", default: false },
  },
});
const config = loadConfig({ model: values.model });
const model = await readModel(config.model ?? config.embedded);
const encoder = await Encoder.open(model, config.threads);
const pool = await ScanPool.open(config.threads);
const cache = await openFolderBlobs(mkdtempSync(join(tmpdir(), "semblance-")));
const vocabulary = await Concepts.open(encoder, UNUSED, pool, cache);
const pairs = await readPairs();
const fitted = fitCurve(pairs);
const labels = pairs.filter(({ isLabel }) => isLabel).length;
console.log(`${pairs.length} pairs of a picture and a label, ${labels} of them true`);
report(pairs, fitted);
console.log(JSON.stringify(fitted));
if (values.write)
  writeFileSync(join(model.folder, "calibration.json"), `${JSON.stringify(fitted)}\n`);
await encoder.close();
await pool.close();

/** Every labelled picture with every label of the folder: of these somebody said whether the picture shows them. */
async function readPairs(): Promise<readonly Pair[]> {
  const codecs = new Thread("codec-worker");
  const labelled = readPhotos(values.photos).flatMap(({ file, label }) => {
    const concept = label ? vocabulary.find(label) : undefined;
    return concept === undefined ? [] : [{ file, concept }];
  });
  const concepts = [...new Set(labelled.map(({ concept }) => concept))];
  const found: Pair[] = [];
  for (let start = 0; start < labelled.length; start += BATCH) {
    const batch = labelled.slice(start, start + BATCH);
    const pictures = await Promise.all(batch.map(({ file }) => decode(readFileSync(file), codecs)));
    const rows = await encoder.encodeImages(pictures);
    for (const [i, { concept }] of batch.entries()) {
      const vector = rows.subarray(i * encoder.dim, (i + 1) * encoder.dim);
      for (const one of concepts) {
        found.push({ cosine: dot(vector, vocabulary.embedding(one)), isLabel: one === concept });
      }
    }
  }
  await codecs.close();
  return found;
}

/** Logistic regression of one variable by Newton's method. */
function fitCurve(all: readonly Pair[]): { slope: number; threshold: number } {
  let [slope, bias] = [20, -12];
  for (let step = 0; step < STEPS; step++) {
    let [gs, gb, hss, hsb, hbb] = [0, 0, 1e-6, 0, 1e-6];
    for (const { cosine, isLabel } of all) {
      const p = 1 / (1 + Math.exp(-(slope * cosine + bias)));
      const error = p - (isLabel ? 1 : 0);
      const weight = p * (1 - p);
      gs += error * cosine;
      gb += error;
      hss += weight * cosine * cosine;
      hsb += weight * cosine;
      hbb += weight;
    }
    const determinant = hss * hbb - hsb * hsb;
    slope -= (hbb * gs - hsb * gb) / determinant;
    bias -= (hss * gb - hsb * gs) / determinant;
  }
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return { slope: round(slope), threshold: round(-bias / slope) };
}

function report(all: readonly Pair[], { slope, threshold }: ReturnType<typeof fitCurve>): void {
  const sorted = [...all].sort((a, b) => b.cosine - a.cosine); // the interesting ones are the first few
  for (let [start, size] = [0, 50]; start < sorted.length; start += size / 2) {
    const bin = sorted.slice(start, start + size);
    size *= 2;
    const cosine = bin.reduce((sum, pair) => sum + pair.cosine, 0) / bin.length;
    const share = bin.filter(({ isLabel }) => isLabel).length / bin.length;
    const value = 1 / (1 + Math.exp(slope * (threshold - cosine)));
    console.log(
      `cosine ${cosine.toFixed(3)}  label ${share.toFixed(3)}  value ${value.toFixed(3)}`,
    );
  }
}
