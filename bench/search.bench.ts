// npm run bench search: searches over HTTP against a started server with 100,000 inputs; the first one
// after the start, then each kind.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "../src/config.ts";
import { Encoder } from "../src/engine/encode.ts";
import { UNSEEN } from "../src/engine/facts/facts.ts";
import { readModel } from "../src/engine/model.ts";
import { DEFAULT_APP, openEngine } from "../src/engine/open-engine.ts";
import { Store } from "../src/engine/store.ts";
import { AppError } from "../src/errors.ts";
import { LIMITS } from "../src/limits.ts";
import { createRandom } from "../src/samples/random.ts";
import { machine } from "./machine.ts";
import { clusteredVectors } from "./vectors.ts";

const INPUTS = 100_000;
const BATCH = 1000;
const QUERIES = 200;
const WORDS = [
  "dog",
  "beach",
  "red car",
  "two people",
  "snow",
  "kitchen",
  "sunset",
  "child",
  "tree",
  "old house",
];

type Body = { readonly searches: readonly object[]; readonly pagination: object };

/** Prints p50 and p95 per kind of search, from the request to the parsed answer of 100 hits. */
export async function search(): Promise<void> {
  console.log(`search over HTTP, ${INPUTS} inputs, 100 hits per page`);
  console.log(machine());
  const data = mkdtempSync(join(tmpdir(), "semblance-bench-"));
  try {
    await fill(data, INPUTS);
    await (await openEngine({ config: loadConfig({ data }, {}), onError: console.error })).close(); // writes the snapshot
    const server = await start(data);
    console.log(`server ready after ${server.startMs.toFixed(0)} ms`);
    const firstMs = await time(server.url, text("a picture of the first search"));
    console.log(`first search ${firstMs.toFixed(1)} ms`);
    const byInput = (i: number) => rank({ input_id: `input-${(i * 7919) % INPUTS}` });
    const kinds = {
      "by caption": (i: number) => text(caption(i)),
      "by input": byInput,
      "by concept": concept,
      "by concept with kinds": (i: number) => named(["animal", "vehicle", "fruit", "bird"][i % 4]!),
    };
    for (const [kind, body] of Object.entries(kinds)) await measure(kind, server.url, body);
    server.stop();
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

async function measure(kind: string, url: string, body: (i: number) => Body): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < QUERIES; i++) times.push(await time(url, body(i)));
  times.sort((a, b) => a - b);
  const at = (part: number) => times[Math.floor(part * times.length)]!.toFixed(1);
  console.log(`${kind.padEnd(22)} p50 ${at(0.5)} ms  p95 ${at(0.95)} ms  p99 ${at(0.99)} ms`);
}

async function time(url: string, body: Body): Promise<number> {
  const startMs = performance.now();
  const response = await fetch(`${url}/v2/inputs/searches`, {
    method: "POST",
    body: JSON.stringify(body),
  });
  const { hits } = (await response.json()) as { hits: unknown[] };
  if (hits.length !== 100)
    throw new AppError("internal", `Expected 100 hits but received ${hits.length}.`);
  return performance.now() - startMs;
}

// Every caption is new, so that no cache answers.
function caption(i: number): string {
  return `a ${WORDS[i % 10]} and a ${WORDS[(3 * i + 1) % 10]}, number ${i}`;
}

function text(raw: string): Body {
  return rank({ data: { text: { raw } } });
}

function concept(i: number): Body {
  return named(["dog", "cat", "beach", "car"][i % 4]!);
}

function named(name: string): Body {
  return rank({ data: { concepts: [{ name, value: 1 }] } });
}

function rank(annotation: object): Body {
  return {
    searches: [{ query: { ranks: [{ annotation }] } }],
    pagination: { page: 1, per_page: 100 },
  };
}

/** Inputs "input-0" ... with synthetic vectors, straight into the store. `count`: a multiple of 1000. */
export async function fill(data: string, count: number): Promise<void> {
  const engine = await openEngine({ config: loadConfig({ data }, {}), onError: console.error });
  const app = (await engine.app(DEFAULT_APP.userId, DEFAULT_APP.id))!;
  const entries = await engine.findConcepts(app, "*", LIMITS.pageSizeMax);
  await engine.close();
  const random = createRandom(1);
  const config = loadConfig({ data }, {});
  const model = await readModel(config.embedded);
  const encoder = await Encoder.open(model, config.threads);
  const { dim } = encoder;
  await encoder.close();
  const store = Store.open(data);
  const words = entries.map(({ name }) => name);
  const predict = () =>
    Array.from({ length: 20 }, (_, i) => [random.pick(entries).id, 0.9 - 0.04 * i] as const);
  const sentence = () =>
    [random.pick(WORDS), ...Array.from({ length: 5 }, () => random.pick(words))].join(" ");
  const { row: space } = await store.spaces.of({ ...model, model: model.id, dim });
  for (let start = 0; start < count; start += BATCH) {
    const rows = Array.from({ length: BATCH }, (_, i) => ({
      id: `input-${start + i}`,
      name: `${random.pick(words)}-${start + i}.jpg`,
      metadata: JSON.stringify({ caption: sentence() }),
      size_bytes: 1000,
    }));
    const inputs = await store.queue.add(app, rows);
    const vectors = clusteredVectors(BATCH, dim, start + 1);
    const processed = inputs.map((input, i) => ({
      input,
      sha256: `${start + i}`,
      sizeBytes: 1000,
      widthPx: 640,
      heightPx: 480,
      format: "jpeg",
      encoded: [{ space, vector: vectors.slice(i * dim, (i + 1) * dim), predictions: predict() }],
      facts: { ...UNSEEN, takenAt: null, exif: {}, place: null },
    }));
    await store.queue.complete(processed);
    await store.words.catchUp(BATCH);
  }
  store.close();
}

/** A server of its own process on this folder. */
export async function start(data: string): Promise<{ url: string; startMs: number; stop(): void }> {
  const startMs = performance.now();
  // Without pictures there is nothing to read.
  const args = ["dist/cli.js", "--data", data, "--port", "0", "--reading", "off", "serve"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise<string>((resolve, reject) => {
    // It says more than its address: who stops listening ends it.
    child.stdout.on("data", (chunk) => {
      const found = /http:\S+/.exec(String(chunk))?.[0];
      if (found) resolve(found);
    });
    child.once("exit", () =>
      reject(new AppError("internal", "Expected the server to start but it exited.")),
    );
  });
  return { url, startMs: performance.now() - startMs, stop: () => child.kill() };
}
