// An engine in memory for tests of the doors: it keeps inputs, and ranks by nothing but their order.
import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import type {
  App,
  Concept,
  Engine,
  Input,
  InputStatus,
  NewInput,
  Picture,
} from "../../src/engine/engine.ts";
import type { SearchRequest } from "../../src/engine/query.ts";
import { AppError } from "../../src/errors.ts";

/** What tests may look into and change. */
export type FakeEngine = Engine & {
  /** Every search request that arrived. */
  readonly searches: SearchRequest[];
  /** The last inputs given to addInputs. */
  readonly given: NewInput[];
  /** Bytes of each original, by id. */
  readonly bytes: Map<string, Picture>;
  /** Puts an input in without the API. */
  put(input: Partial<Input> & { id: string }): Input;
  /** Thrown by the next call of `search`. */
  failure: unknown;
};

type Partials = Partial<Omit<FakeEngine, "annotations" | "jobs">> &
  Pick<FakeEngine, "searches" | "given" | "bytes" | "failure"> & {
    readonly jobs: Pick<Engine["jobs"], "get">;
    readonly annotations: Pick<Engine["annotations"], "labelsOf" | "list" | "count">;
  };

const CONCEPTS: readonly Concept[] = [
  { id: "ai_dog", name: "dog", source: "vocabulary" },
  { id: "ai_doghouse", name: "dog house", source: "vocabulary" },
  { id: "ai_cat", name: "cat", source: "vocabulary" },
];

export function createFakeEngine(): FakeEngine {
  const inputs = new Map<string, Input>();
  let row = 0;

  const put: FakeEngine["put"] = (given) => {
    row++;
    const input: Input = {
      row,
      status: "processed",
      failure: null,
      name: "",
      path: null,
      sha256: createHash("sha256").update(given.id).digest("hex"),
      sizeBytes: 3,
      widthPx: 640,
      heightPx: 480,
      format: "jpeg",
      metadata: {},
      place: null,
      url: null,
      takenAt: null,
      exif: {},
      blur: null,
      createdAt: new Date(1_700_000_000_123 + row),
      modifiedAt: new Date(1_700_000_000_123 + row),
      ...given,
    };
    inputs.set(input.id, input);
    return input;
  };

  const add = (given: NewInput): Input | Error => {
    const id = given.id ?? `generated-${row + 1}`;
    if (inputs.has(id)) return new AppError("id_exists", `Expected a new id but received ${id}.`);
    const bytes = "bytes" in given ? given.bytes : Buffer.from(given.url);
    engine.bytes.set(id, { bytes, mediaType: "image/jpeg" });
    return put({
      id,
      status: "pending",
      name: given.name ?? "",
      metadata: given.metadata ?? {},
      sha256: null,
    });
  };

  // Has what the doors call in these tests; what needs a store is tested over the real engine.
  const engine: Partials = {
    searches: [],
    given: [],
    bytes: new Map(),
    failure: undefined,
    put,
    model: { name: "fake", dim: 4, device: "cpu" },
    app: async (userId, id) =>
      userId === "me" && (id === "photos" || id === "other")
        ? { row: 1, userId, id, baseWorkflow: "Universal" }
        : undefined,
    jobs: { get: async () => undefined },
    annotations: { labelsOf: async () => new Map(), list: async () => [], count: async () => 0 },
    async addInputs(_app: App, given) {
      engine.given.splice(0, engine.given.length, ...given);
      return given.map(add);
    },
    async addUpload(_app, file, name) {
      const bytes = readFileSync(file);
      rmSync(file);
      if (bytes.subarray(0, 3).toString() === "BAD") {
        return [new AppError("image_unreadable", "Expected an image but received noise.")];
      }
      return [add({ bytes, name })];
    },
    addPaths: async (_app, paths) => ({
      queued: paths.length,
      unchanged: 0,
      again: { pending: 0, processed: 0, failed: 0, duplicate: 0 },
    }),
    input: async (_app, id) => inputs.get(id),
    async inputs(_app, page) {
      const all = [...inputs.values()].filter(
        (input) =>
          (page.ids?.includes(input.id) ?? true) && (page.statuses?.includes(input.status) ?? true),
      );
      if (page.newestFirst) all.reverse();
      return all.slice(page.offset, page.offset + page.limit);
    },
    async countInputs() {
      const count: Record<InputStatus, number> = {
        processed: 0,
        pending: 0,
        failed: 0,
        duplicate: 0,
      };
      for (const input of inputs.values()) count[input.status]++;
      return count;
    },
    countUnread: async () => 0,
    readings: async () => new Map(),
    readAgain: async () => undefined,
    deleteInputs: async (_app, ids) => ids.filter((id) => inputs.delete(id)).length,
    async deleteAllInputs() {
      const { size } = inputs;
      inputs.clear();
      return size;
    },
    objects: { detector: undefined, of: async () => new Map(), isAny: async () => false },
    predictions: async (of) =>
      new Map(of.map((input) => [input.row, [{ ...CONCEPTS[0]!, value: 0.75 }]])),
    async search(_app, request) {
      engine.searches.push(request);
      if (engine.failure !== undefined) throw engine.failure;
      const hits = [...inputs.values()].reverse().map((input) => ({ input, score: 1 }));
      const shown = hits.slice(request.offset, request.offset + request.limit);
      return { hits: shown, total: hits.length };
    },
    async findConcepts(_app, pattern, limit) {
      const start = pattern.replace(/\*.*/, "");
      return CONCEPTS.filter((concept) => concept.name.startsWith(start)).slice(0, limit);
    },
    thumbnail: async (_app, id) =>
      inputs.get(id)?.status === "processed"
        ? { bytes: Buffer.from(`thumbnail of ${id}`), mediaType: "image/jpeg" }
        : undefined,
    original: async (_app, id) => engine.bytes.get(id),
    pin: () => engine as FakeEngine,
    close: async () => {},
  };
  return engine as FakeEngine;
}
