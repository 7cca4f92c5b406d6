// Packs as a whole: pulled, mended, listed, verified, removed; by one process and by several.
import { spawn } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/fixtures/engine.ts";
import { COMMIT, type HubServer, sha256, startHub } from "../../../test/fixtures/hub-server.ts";
import { readModel } from "../model.ts";
import { listPacks } from "./list.ts";
import type { Pack, PackFile } from "./manifest.ts";
import { withPackLock } from "./pack-lock.ts";
import { readRecord } from "./pack-record.ts";
import { type PullRequest, pullPack } from "./pull.ts";
import { removePack } from "./remove.ts";
import { verifyPack } from "./verify.ts";

const vision = Buffer.alloc(200_000, "vision ");
const visionFp16 = Buffer.alloc(100_000, "vision16 ");
const text = Buffer.alloc(150_000, "text ");
const FILES = {
  "config.json": Buffer.from('{"model_type":"clip"}'),
  "preprocessor_config.json": Buffer.from("{}"),
  "tokenizer.json": Buffer.alloc(2000, "tokens "),
  "tokenizer_config.json": Buffer.from("{ }"),
  "onnx/vision_model.onnx": vision,
  "onnx/vision_model_fp16.onnx": visionFp16,
  "onnx/text_model.onnx": text,
};
const CONFIGS = Object.keys(FILES).slice(0, 4);

const file = (path: string, target = path, known: Partial<PackFile> = {}): PackFile => ({
  path,
  target,
  sha256: null,
  sizeBytes: null,
  ...known,
});
const variant = (name: "fp32" | "fp16", tower: string) => ({
  name,
  files: [
    ...CONFIGS.map((path) => file(path)),
    file(tower, "onnx/vision_model.onnx"),
    file("onnx/text_model.onnx", "onnx/text_model.onnx", {
      sha256: sha256(text),
      sizeBytes: text.length,
    }),
  ],
});
const PACK: Pack = {
  id: "test-model",
  kind: "encoder",
  title: "Test model",
  description: "For tests",
  repo: "owner/name",
  revision: COMMIT,
  url: "https://example.com",
  licence: "MIT",
  languages: "English",
  dim: 8,
  recommended: true,
  quality: [],
  defaultVariant: "fp32",
  variants: [
    variant("fp32", "onnx/vision_model.onnx"),
    variant("fp16", "onnx/vision_model_fp16.onnx"),
  ],
};

let server: HubServer;
let dataFolder: string;
beforeEach(async () => {
  server = await startHub(FILES);
  dataFolder = temporaryFolder();
});
afterEach(() => server.close());

const id = PACK.id;
const models = (...path: string[]) => join(dataFolder, "models", ...path);
const gets = () => server.hub.requests.filter(({ method }) => method === "GET");
const pull = (request: Partial<PullRequest> = {}) =>
  pullPack({
    dataFolder,
    id,
    packs: [PACK],
    env: { HF_ENDPOINT: server.hub.url },
    times: { retryMs: 5, triesMax: 2, idleMs: 2000 },
    ...request,
  });

/** A folder with the repository's layout. */
function repository(files: Readonly<Record<string, Buffer>> = FILES): string {
  const folder = join(temporaryFolder(), "repository");
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}

describe("a pull from the hub", () => {
  test("puts the files in our layout, with a record of each", async () => {
    const seen: [number, number][] = [];
    const { record, wasThere } = await pull({ report: (done, total) => seen.push([done, total]) });
    expect(wasThere).toBe(false);
    expect(record).toMatchObject({
      id,
      variant: "fp32",
      repo: "owner/name",
      revision: COMMIT,
      commit: COMMIT,
      licence: "MIT",
      source: `${server.hub.url}/`,
    });
    expect(await readRecord(models(id))).toEqual(record);
    for (const { target, sha256: digest, sizeBytes, checked } of record.files) {
      const bytes = FILES[target as keyof typeof FILES];
      expect([digest, sizeBytes]).toEqual([sha256(bytes), bytes.length]);
      expect(readFileSync(models(id, target)).equals(bytes)).toBe(true);
      expect(checked).toBe(target.includes("text") ? "manifest" : "hub");
    }
    const total = record.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    expect(seen.at(-1)).toEqual([total, total]);
    expect(readdirSync(models()).sort()).toEqual([id, `${id}.lock`]);
  });

  test("takes another variant when asked, to the same places", async () => {
    await pull({ variant: "fp16" });
    expect(readFileSync(models(id, "onnx", "vision_model.onnx")).equals(visionFp16)).toBe(true);
  });

  test("of another variant replaces the first one", async () => {
    await pull();
    const { record } = await pull({ variant: "fp16" });
    expect(record.variant).toBe("fp16");
    expect(readFileSync(models(id, "onnx", "vision_model.onnx")).equals(visionFp16)).toBe(true);
    expect(readdirSync(models()).sort()).toEqual([id, `${id}.lock`]);
  });

  test("of what is installed keeps its variant", async () => {
    await pull({ variant: "fp16" });
    rmSync(models(id, "config.json"));
    expect((await pull()).record.variant).toBe("fp16");
  });

  test("does not take over from a folder what nobody could check", async () => {
    await pull({ from: repository() });
    const { record, wasThere } = await pull();
    expect(wasThere).toBe(false);
    expect(record.files.map(({ checked }) => checked)).not.toContain("none");
  });

  test("of what is there and intact fetches nothing", async () => {
    await pull();
    const before = gets().length;
    expect(await pull()).toMatchObject({ wasThere: true });
    expect(gets()).toHaveLength(before);
  });

  test("mends: only what is damaged or missing comes again", async () => {
    await pull();
    appendFileSync(models(id, "onnx", "vision_model.onnx"), "x");
    rmSync(models(id, "config.json"));
    const before = gets().length;
    expect(await pull()).toMatchObject({ wasThere: false });
    const paths = gets().slice(before);
    expect(paths.map(({ url }) => url?.replace(/.*resolve\/\w+\//, "")).sort()).toEqual([
      "config.json",
      "onnx/vision_model.onnx",
    ]);
    expect((await verifyPack(dataFolder, id)).isIntact).toBe(true);
  });

  test("that fails keeps what is complete, and the installed one", async () => {
    await pull();
    server.files.delete("onnx/text_model.onnx");
    await expect(pull({ variant: "fp16" })).rejects.toThrow(/HTTP status 404/);
    expect((await verifyPack(dataFolder, id)).record.variant).toBe("fp32");
    expect((await readRecord(models(`${id}.part`)))?.files).toHaveLength(5);
    server.files.set("onnx/text_model.onnx", text);
    const before = gets().length;
    await pull({ variant: "fp16" });
    expect(gets()).toHaveLength(before + 1);
  });

  test("does not go on with the part of another variant", async () => {
    server.files.delete("onnx/text_model.onnx");
    await expect(pull({ variant: "fp16" })).rejects.toThrow(/404/);
    server.files.set("onnx/text_model.onnx", text);
    await pull({ variant: "fp32" });
    expect(readFileSync(models(id, "onnx", "vision_model.onnx")).equals(vision)).toBe(true);
  });

  test("stopped by Ctrl-C goes on where it was", async () => {
    const stop = new AbortController();
    server.storage.misbehave = (request, response) => {
      if (!request.url?.includes(sha256(vision))) return false;
      response.writeHead(200, { etag: '"v"', "content-length": vision.length });
      response.write(vision.subarray(0, 70_000));
      return true;
    };
    const report = (done: number) => {
      if (done > 60_000) stop.abort();
    };
    await expect(pull({ signal: stop.signal, report })).rejects.toMatchObject({
      name: "AbortError",
    });
    expect(existsSync(models(id))).toBe(false);
    expect(await listPacks(dataFolder, [PACK])).toContainEqual(
      expect.objectContaining({ id, state: "incomplete" }),
    );
    server.storage.misbehave = () => false;
    await pull();
    expect((await verifyPack(dataFolder, id)).isIntact).toBe(true);
  });

  test("recovers from a crash between the two renames", async () => {
    await pull();
    renameSync(models(id), models(`${id}.old`));
    expect(await pull()).toMatchObject({ wasThere: true });
  });

  test("asks the hub for sizes, but can do without an answer", async () => {
    server.hub.misbehave = ({ method }, response) =>
      method === "HEAD" && !!response.writeHead(405).end();
    const seen: number[] = [];
    await pull({ report: (_, total) => seen.push(total) });
    expect(new Set(seen)).toEqual(new Set([0]));
  });

  test("needs room on the disk, before it begins", async () => {
    const huge = {
      ...PACK,
      variants: [{ name: "fp32" as const, files: [file("a.onnx", "a.onnx", { sizeBytes: 9e15 })] }],
    };
    await expect(pull({ packs: [huge] })).rejects.toMatchObject({
      code: "disk_full",
      message: expect.stringMatching(/Expected 9000000\d+ MB of free space/),
    });
  });

  test("takes a file from another repository where the manifest says so", async () => {
    const [config, ...rest] = PACK.variants[0]!.files;
    const elsewhere = { ...config!, repo: "other/place", revision: "d".repeat(40) };
    const pack = { ...PACK, variants: [{ name: "fp32" as const, files: [elsewhere, ...rest] }] };
    await pull({ packs: [pack] });
    expect(gets()[0]?.url).toBe(`/other/place/resolve/${"d".repeat(40)}/config.json`);
  });
});

test("what was pulled is a model that the encoder opens", async () => {
  const names = PACK.variants[0]!.files.map(({ path }) => path);
  const compact = join(import.meta.dirname, "../../../models/compact");
  for (const name of names) server.files.set(name, readFileSync(join(compact, name)));
  const files = names.map((name) => file(name));
  await pull({ packs: [{ ...PACK, variants: [{ name: "fp32", files }] }] });
  const [own, built] = [await readModel(models(id)), await readModel(compact)];
  expect(own).toMatchObject({ id: built.id, name: id });
});

describe("a pull that cannot be", () => {
  test.each([
    [
      "of an unknown model",
      { id: "nothing" },
      /one of test-model .*received nothing.*--from/,
      "not_found",
    ],
    ["of a bad id", { id: "../x" }, /small letters/, "invalid_request"],
    ["of the built-in encoder", { id: "compact" }, /compact/, "not_found"],
    ["of an unknown variant", { variant: "int8" }, /one of fp32, fp16/, "invalid_request"],
    [
      "offline",
      { env: { SEMBLANCE_OFFLINE: "1" } },
      /offline mode is on.*--from/,
      "url_unreachable",
    ],
    [
      "offline, by the hub's word for it",
      { env: { HF_HUB_OFFLINE: "true" } },
      /offline/,
      "url_unreachable",
    ],
    ["with a bad HF_ENDPOINT", { env: { HF_ENDPOINT: "x" } }, /HF_ENDPOINT/, "invalid_request"],
  ])("%s says why, and asks nobody", async (_, request, message, code) => {
    await expect(pull(request)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    expect(server.hub.requests).toHaveLength(0);
  });

  test("while another one of the same pack runs", async () => {
    await withPackLock(dataFolder, id, async () => {
      await expect(pull()).rejects.toMatchObject({ code: "data_folder_busy" });
      await expect(removePack(dataFolder, id)).rejects.toMatchObject({ code: "data_folder_busy" });
    });
    await pull(); // the lock is gone with its holder
  });

  test("twice at once: one wins, the other says so", async () => {
    const results = await Promise.allSettled([pull(), pull()]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await verifyPack(dataFolder, id)).isIntact).toBe(true);
  });
});

test("a process that is killed in the middle leaves what the next one goes on with", async () => {
  const script = `
    import { pullPack } from ${JSON.stringify(join(import.meta.dirname, "pull.ts"))};
    await pullPack({ dataFolder: ${JSON.stringify(dataFolder)}, id: ${JSON.stringify(id)},
      packs: ${JSON.stringify([PACK])}, env: { HF_ENDPOINT: ${JSON.stringify(server.hub.url)} },
      report: (done) => console.log(done) });`;
  server.storage.misbehave = (request, response) => {
    if (!request.url?.includes(sha256(vision))) return false;
    response.writeHead(200, { etag: '"v"', "content-length": vision.length });
    response.write(vision.subarray(0, 70_000));
    return true;
  };
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const partial = models(`${id}.part`, "onnx", "vision_model.onnx.partial");
  const size = () => (existsSync(partial) ? statSync(partial).size : 0);
  for (const end = Date.now() + 40_000; size() < 70_000 && Date.now() < end; ) await setTimeout(20);
  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("close", resolve));
  expect(size()).toBe(70_000);
  const before = server.hub.requests.filter(({ method }) => method === "GET").length;

  let range: string | undefined;
  server.storage.misbehave = (request, response) => {
    if (!request.url?.includes(sha256(vision)) || request.method === "HEAD") return false;
    range = request.headers.range;
    response.writeHead(206, {
      etag: '"v"',
      "content-range": `bytes 70000-199999/${vision.length}`,
    });
    response.end(vision.subarray(70_000));
    return true;
  };
  await pull();
  expect(range).toBe("bytes=70000-");
  expect(gets()).toHaveLength(before + 2); // the rest of one tower, and the other
  expect((await verifyPack(dataFolder, id)).isIntact).toBe(true);
});

describe("a pull from a folder", () => {
  test("copies a known model, checks what the manifest knows, needs no network", async () => {
    const { record } = await pull({ from: repository(), env: { SEMBLANCE_OFFLINE: "1" } });
    expect(record).toMatchObject({ variant: "fp32", repo: "owner/name", licence: "MIT" });
    const text = record.files.find(({ target }) => target === "onnx/text_model.onnx");
    expect(text?.checked).toBe("manifest");
    expect((await verifyPack(dataFolder, id)).isIntact).toBe(true);
  });

  test("takes our own layout, and links as the hub's cache has them", async () => {
    const cache = repository();
    const folder = temporaryFolder();
    mkdirSync(join(folder, "onnx"));
    for (const path of [...CONFIGS, "onnx/vision_model.onnx", "onnx/text_model.onnx"]) {
      symlinkSync(join(cache, path), join(folder, path));
    }
    await pull({ from: folder, variant: "fp16" }); // no vision_model_fp16.onnx there: ours it is
    expect(statSync(models(id, "config.json")).isFile()).toBe(true);
    expect(readFileSync(models(id, "onnx", "vision_model.onnx")).equals(vision)).toBe(true);
  });

  test("refuses other content than the manifest knows", async () => {
    const other = Buffer.alloc(text.length, "other");
    const from = repository({ ...FILES, "onnx/text_model.onnx": other });
    await expect(pull({ from })).rejects.toThrow(/Expected the SHA-256 .* for .*text_model\.onnx/);
    const short = repository({ ...FILES, "onnx/text_model.onnx": text.subarray(1) });
    await expect(pull({ from: short })).rejects.toThrow(
      /Expected 150000 bytes for onnx\/text_model/,
    );
    expect(existsSync(models(id))).toBe(false);
  });

  test("names the file that is missing", async () => {
    const { "tokenizer.json": _, ...files } = FILES;
    await expect(pull({ from: repository(files) })).rejects.toThrow(
      /Expected tokenizer\.json in .*repository/,
    );
    await expect(pull({ from: "/nowhere" })).rejects.toThrow(/Expected config\.json in \/nowhere/);
  });

  test("registers any model under a name of its own", async () => {
    const weights = Buffer.from("weights");
    const from = repository({
      ...FILES,
      "onnx/vision_model.onnx_data": weights,
      "calibration.json": Buffer.from("{}"),
    });
    const { record } = await pull({ id: "mine", from });
    expect(record).toMatchObject({
      id: "mine",
      variant: "fp32",
      repo: null,
      licence: null,
      source: from,
    });
    expect(record.files.map(({ target }) => target)).toContain("onnx/vision_model.onnx_data");
    expect(existsSync(models("mine", "calibration.json"))).toBe(true);
    expect((await verifyPack(dataFolder, "mine")).isIntact).toBe(true);
    expect(await listPacks(dataFolder, [PACK])).toContainEqual(
      expect.objectContaining({ id: "mine", state: "installed", licence: null }),
    );
  });

  test("takes the variant of an own model from its file names, weights under the name the graph knows", async () => {
    const from = repository({
      ...FILES,
      "onnx/text_model_fp16.onnx": text,
      "onnx/text_model_fp16.onnx_data": Buffer.from("weights"),
    });
    await pull({ id: "mine", from, variant: "fp16" });
    expect(readFileSync(models("mine", "onnx", "vision_model.onnx")).equals(visionFp16)).toBe(true);
    expect(existsSync(models("mine", "onnx", "text_model_fp16.onnx_data"))).toBe(true);
    await expect(pull({ id: "mine", from, variant: "int8" })).rejects.toThrow(
      /Expected onnx\/vision_model_quantized\.onnx or onnx\/vision_model_int8\.onnx/,
    );
  });

  test("takes a detector for one: a graph without a tokenizer", async () => {
    const { "tokenizer.json": _, "tokenizer_config.json": __, ...configs } = FILES;
    const from = repository({ ...configs, "onnx/model_fp16.onnx": visionFp16 });
    const { record } = await pull({ id: "finder", from, variant: "fp16" });
    expect(record.kind).toBe("detector");
    expect(record.files.map(({ target }) => target)).toEqual([
      "config.json",
      "preprocessor_config.json",
      "onnx/model.onnx",
    ]);
    const kindOf = async () =>
      (await listPacks(dataFolder, [PACK])).find((pack) => pack.id === "finder")?.kind;
    expect(await kindOf()).toBe("detector");
    rmSync(models("finder", "pack.json"));
    expect(await kindOf()).toBe("detector");
    await expect(pull({ id: "finder", from, variant: "fp32" })).rejects.toThrow(
      /Expected onnx\/model\.onnx in/,
    );
  });

  test("takes what an earlier version has pulled for an encoder", async () => {
    await pull();
    const { kind, ...older } = JSON.parse(readFileSync(models(id, "pack.json"), "utf8"));
    expect(kind).toBe("encoder");
    writeFileSync(models(id, "pack.json"), JSON.stringify(older));
    expect((await readRecord(models(id)))?.kind).toBe("encoder");
  });

  test("of an own model that has changed takes the change", async () => {
    const from = repository();
    await pull({ id: "mine", from });
    writeFileSync(join(from, "config.json"), '{"model_type":"siglip"}');
    await pull({ id: "mine", from });
    expect(readFileSync(models("mine", "config.json"), "utf8")).toContain("siglip");
  });
});

test("a detector comes from the hub as any pack does", async () => {
  const files = PACK.variants[0]!.files.filter(({ target }) =>
    /^(config|onnx.vision)/.test(target),
  );
  const variants = [{ name: "fp32" as const, files }];
  const pack: Pack = { ...PACK, kind: "detector", languages: null, dim: null, variants };
  expect((await pull({ packs: [pack] })).record).toMatchObject({ kind: "detector" });
  expect((await verifyPack(dataFolder, id)).isIntact).toBe(true);
});

describe("verify", () => {
  test("says of each file whether it is ok, missing or damaged", async () => {
    await pull();
    writeFileSync(models(id, "onnx", "text_model.onnx"), Buffer.alloc(text.length, "x"));
    rmSync(models(id, "tokenizer.json"));
    const { files, isIntact } = await verifyPack(dataFolder, id);
    expect(isIntact).toBe(false);
    expect(Object.fromEntries(files.map(({ target, state }) => [target, state]))).toEqual({
      "config.json": "ok",
      "preprocessor_config.json": "ok",
      "tokenizer.json": "missing",
      "tokenizer_config.json": "ok",
      "onnx/vision_model.onnx": "ok",
      "onnx/text_model.onnx": "damaged",
    });
  });

  test("of what is not installed, or has no record, says what to do", async () => {
    await expect(verifyPack(dataFolder, id)).rejects.toThrow(
      /not installed.*models pull test-model/,
    );
    mkdirSync(models("bare"), { recursive: true });
    await expect(verifyPack(dataFolder, "bare")).rejects.toThrow(/no record of its files.*--from/);
  });

  test("does not follow a record that was tampered with out of the folder", async () => {
    await pull();
    const record = JSON.parse(readFileSync(models(id, "pack.json"), "utf8"));
    record.files[0].target = "../../secret";
    writeFileSync(models(id, "pack.json"), JSON.stringify(record));
    await expect(verifyPack(dataFolder, id)).rejects.toThrow(/no record/);
  });
});

describe("list and remove", () => {
  test("know what is there", async () => {
    const state = async () =>
      (await listPacks(dataFolder, [PACK])).map((pack) => [pack.id, pack.state, pack.isWholeSize]);
    expect(await state()).toEqual([
      ["compact", "built in", true],
      [id, "available", false],
    ]);
    await pull();
    cpSync(models(id), models("by-hand"), { recursive: true });
    rmSync(models("by-hand", "pack.json"));
    expect(await state()).toEqual([
      ["compact", "built in", true],
      [id, "installed", true],
      ["by-hand", "installed", false],
    ]);
    await removePack(dataFolder, id);
    await removePack(dataFolder, "by-hand");
    expect(await state()).toHaveLength(2);
    await expect(removePack(dataFolder, id)).rejects.toThrow(/received test-model.*models list/);
    await expect(removePack(dataFolder, "compact")).rejects.toThrow(/small letters/);
  });
});
