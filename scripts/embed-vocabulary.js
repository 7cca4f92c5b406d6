// The vocabulary in the embedded encoder's space -> dist/engine/vocabulary/concepts-*.f16, so that a first start need not
// compute for seconds. Keeps a file that is of this vocabulary and this encoder.
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { loadConfig } from "../dist/config.js";
import { Concepts } from "../dist/engine/concepts.js";
import { Encoder } from "../dist/engine/encode.js";
import { toHalves } from "../dist/engine/half.js";
import { readModel } from "../dist/engine/model.js";
import { ScanPool } from "../dist/engine/scan-pool.js";

const FOLDER = "dist/engine/vocabulary";

const model = await readModel(loadConfig({}, {}).embedded);
const encoder = await Encoder.open(model, availableParallelism());
const pool = await ScanPool.open(1);
let kept;
/** Takes what `Concepts` would cache. */
const store = {
  get: async () => undefined,
  put: async (key, bytes) => {
    kept = { name: basename(key).replace(".f32", ".f16"), values: new Float32Array(bytes.buffer) };
  },
  delete: async () => undefined,
};
await Concepts.open(encoder, { slope: 1, threshold: 0 }, pool, store);
await encoder.close();
await pool.close();
if (kept) {
  for (const old of readdirSync(FOLDER).filter((name) => /^concepts-.*\.f16$/.test(name))) {
    rmSync(join(FOLDER, old));
  }
  writeFileSync(join(FOLDER, kept.name), toHalves(kept.values));
} else if (!readdirSync(FOLDER).some((name) => name.endsWith(".f16"))) {
  throw new Error(`Expected the embedded vocabulary in ${FOLDER} but there is none.`);
}
