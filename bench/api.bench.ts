// npm run bench api [seconds]: a text-free search (rank by input id) over 10,000 inputs in a started server, from 20 gRPC
// clients, from 20 REST clients, and from all 40; each asks again as soon as it is answered.
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "../src/config.ts";
import { openEngine } from "../src/engine/open-engine.ts";
import { AppError } from "../src/errors.ts";
import { machine } from "./machine.ts";
import { fill, start } from "./search.bench.ts";

const INPUTS = 10_000;
const HITS = 20;
const CLIENTS = 20;
const WARM_UP_SECONDS = 2;

/** Asks for what is like one input; gives the ids of the hits. */
type Client = { ask(inputId: string): Promise<readonly string[]>; close(): void };

type Protocol = { readonly name: string; open(url: string): Client };

const require = createRequire(import.meta.url); // Clarifai's client is CommonJS without types
const { ClarifaiStub, grpc } = require("clarifai-nodejs-grpc");

const GRPC: Protocol = { name: "gRPC", open: openGrpc };
const REST: Protocol = { name: "REST", open: openRest };

/** Prints answers per second, p50 and p99 of each protocol, alone and together, `seconds` each. */
export async function api(seconds: number): Promise<void> {
  console.log(
    `search by input id, ${INPUTS} inputs, ${HITS} hits per answer, ${CLIENTS} clients per protocol, ${seconds} s each; ` +
      "clients and server share the machine",
  );
  console.log(machine());
  const data = mkdtempSync(join(tmpdir(), "semblance-bench-"));
  try {
    await fill(data, INPUTS);
    await (await openEngine({ config: loadConfig({ data }, {}), onError: console.error })).close(); // writes the snapshot
    const server = await start(data);
    await load(server.url, [GRPC, REST], WARM_UP_SECONDS);
    const failures: string[] = [];
    for (const protocols of [[GRPC], [REST], [GRPC, REST]]) {
      failures.push(...(await measure(server.url, protocols, seconds)));
    }
    server.stop();
    console.log(`${failures.length} errors`);
    if (failures.length > 0) throw new AppError("internal", failures[0]!);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

/** Returns what failed. */
async function measure(
  url: string,
  protocols: readonly Protocol[],
  seconds: number,
): Promise<readonly string[]> {
  const runs = await load(url, protocols, seconds);
  const title = runs.length > 1 ? "together" : "alone";
  for (const { name, timesMs } of runs) {
    const sorted = Float64Array.from(timesMs).sort();
    const at = (part: number) => sorted[Math.floor(part * sorted.length)]?.toFixed(1);
    console.log(
      `${name} ${title.padEnd(8)} ${(timesMs.length / seconds).toFixed(0).padStart(5)} answers/s  p50 ${at(0.5)} ms  p99 ${at(0.99)} ms`,
    );
  }
  return runs.flatMap(({ failures }) => failures);
}

type Run = {
  readonly name: string;
  readonly timesMs: readonly number[];
  readonly failures: readonly string[];
};

async function load(
  url: string,
  protocols: readonly Protocol[],
  seconds: number,
): Promise<readonly Run[]> {
  const endMs = performance.now() + 1000 * seconds;
  return Promise.all(
    protocols.map(async ({ name, open }) => {
      const timesMs: number[] = [];
      const failures: string[] = [];
      const clients = Array.from({ length: CLIENTS }, async (_, i) => {
        const client = open(url);
        for (let turn = i; performance.now() < endMs; turn += CLIENTS) {
          const inputId = `input-${(turn * 7919) % INPUTS}`;
          const startMs = performance.now();
          const failure = await failureOf(client, inputId);
          if (failure === undefined) timesMs.push(performance.now() - startMs);
          else failures.push(`${name}: ${failure}`);
        }
        client.close();
      });
      await Promise.all(clients);
      return { name, timesMs, failures };
    }),
  );
}

async function failureOf(client: Client, inputId: string): Promise<string | undefined> {
  try {
    const ids = await client.ask(inputId);
    if (ids.length === HITS && ids[0] === inputId) return undefined;
    return `Expected ${HITS} hits, ${inputId} first, but received ${ids.length}, ${ids[0]} first.`;
  } catch (error) {
    return String(error);
  }
}

function toSearch(inputId: string): object {
  return {
    user_app_id: { user_id: "me", app_id: "photos" },
    searches: [{ query: { ranks: [{ annotation: { input_id: inputId } }] } }],
    pagination: { page: 1, per_page: HITS },
  };
}

type Answer = {
  readonly status: { readonly code: number; readonly description: string };
  readonly hits: readonly { readonly input: { readonly id: string } }[];
};

/** Each client has a connection of its own; the stub's class speaks cleartext only when it is opened so. */
function openGrpc(url: string): Client {
  const { host } = new URL(url);
  const stub = new (ClarifaiStub.grpc(host).constructor)(host, grpc.credentials.createInsecure(), {
    "grpc.use_local_subchannel_pool": 1,
  });
  const ask = (inputId: string) =>
    new Promise<readonly string[]>((resolve, reject) => {
      stub.PostInputsSearches(toSearch(inputId), (error: Error | null, answer: Answer) => {
        if (error) reject(error);
        else resolve(toIds(answer));
      });
    });
  return { ask, close: () => stub.close() };
}

function openRest(url: string): Client {
  return {
    async ask(inputId) {
      const response = await fetch(`${url}/v2/inputs/searches`, {
        method: "POST",
        body: JSON.stringify(toSearch(inputId)),
      });
      return toIds((await response.json()) as Answer);
    },
    close: () => undefined,
  };
}

function toIds({ status, hits }: Answer): readonly string[] {
  if (status.code !== 10000) throw new AppError("internal", status.description);
  return hits.map(({ input }) => input.id);
}
