// `semblance models` as people run it, alone and beside a server.
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { type Finished, run, serve, start } from "./fixtures/cli.ts";
import { temporaryFolder } from "./fixtures/engine.ts";
import { startHub } from "./fixtures/hub-server.ts";
import { clipFiles, writeModel } from "./fixtures/model-folders.ts";
import { drawEmoji } from "./fixtures/pictures.ts";
import { toPng, writeTinyDetector } from "./fixtures/tiny-detector.ts";

const COMPACT = join(import.meta.dirname, "../models/compact");
const RECOMMENDED = "siglip2-base-patch32-256";
const ok = { code: 0, stderr: "" };

function expectRefused({ code, stdout, stderr }: Finished, message: RegExp): void {
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at /m); // no stack
}

const data = temporaryFolder();
const models = (...args: string[]) => run(["models", ...args, "--data", data]);

describe("the list", () => {
  test("fits 100 columns, and says what is in use, recommended and how large", async () => {
    const { stdout, ...rest } = await models("list");
    expect(rest).toEqual(ok);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
    expect(stdout).toMatch(/^ {2}compact +in use +\d\d MB +Apache-2\.0 +English$/m);
    expect(stdout).toMatch(/^\* siglip2-base-patch32-256 +available +~789 MB +Apache-2\.0 +many/m);
    expect(stdout).toMatch(/^ {2}siglip-base-patch16-256-multilingual +available +\? /m);
    expect(stdout).toMatch(/^ {2}detector of objects +state +size +licence +average precision$/m);
    expect(stdout).toMatch(/^ {2}dfine-s-coco +available +~\d\d MB +Apache-2\.0 +48\.5 %$/m);
    expect(stdout).toContain("semblance models pull MODEL");
  });

  test("comes as JSON", async () => {
    const { models: all } = JSON.parse((await models("list", "--json")).stdout);
    expect(all[0]).toMatchObject({ id: "compact", state: "built in", in_use: true });
    expect(all[1]).toMatchObject({
      id: RECOMMENDED,
      state: "available",
      recommended: true,
      dim: 768,
    });
  });

  test("works while a model is set that is not installed", async () => {
    const env = { SEMBLANCE_MODEL: RECOMMENDED, SEMBLANCE_DATA: data };
    expect((await run(["models", "list"], env)).stdout).toMatch(/siglip2-base-patch32-256 +in use/);
    const refused = await run(["status"], env);
    expectRefused(refused, /semblance models pull siglip2-base-patch32-256/);
  });
});

describe("a model of one's own", () => {
  test("is installed from a folder, used by its name, verified and mended", async () => {
    const pulled = await models("pull", "own", "--from", COMPACT);
    expect(pulled).toMatchObject({ code: 0 });
    expect(pulled.stdout).toMatch(
      /^Installed own \(fp32, \d+ MB\)\. Use it with: semblance models use own\n[67] of its/,
    );

    const status = await run(["status", "--json", "--data", data, "--model", "own"]);
    expect(JSON.parse(status.stdout)).toMatchObject({ model: "own" });
    expect((await models("verify")).stdout).toMatch(/^own \(fp32\)\n( {2}ok {7}\S+\n)+$/);

    appendFileSync(join(data, "models/own/config.json"), " ");
    rmSync(join(data, "models/own/tokenizer.json"));
    const { code, stdout } = await models("verify", "own");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ {2}damaged {2}config\.json$/m);
    expect(stdout).toMatch(/^ {2}missing {2}tokenizer\.json$/m);
    expect(stdout).toContain(`Mend it with: semblance models pull own --from ${COMPACT}.`);
    await models("pull", "own", "--from", COMPACT);
    expect((await models("verify", "own")).code).toBe(0);
  });

  test("is not removed while settings name it, but else", async () => {
    const refused = await run(["models", "remove", "own", "--data", data, "--model", "own"]);
    expectRefused(refused, /not in use but received own/);
    const asPath = ["--model", join(data, "models/own")];
    const again = await run(["models", "remove", "own", "--data", data, ...asPath]);
    expectRefused(again, /not in use but received own/);
    expectRefused(await models("remove", "own"), /not in use but received own/); // the status above used it
    expect((await models("use", "compact")).stdout).toContain("Searches use compact now");
    expect(await models("remove", "own")).toEqual({ ...ok, stdout: "Removed own.\n" });
    expect(existsSync(join(data, "models/own"))).toBe(false);
  });
});

describe("a detector", () => {
  test("is installed, verified and removed like a model, but nothing to search with", async () => {
    const folder = writeTinyDetector("yolox");
    expect(await models("pull", "finder", "--from", folder)).toEqual({
      ...ok,
      stdout: expect.stringMatching(
        /^Installed finder \(fp32, [^)]+\)\. It finds objects in pictures, in the background while the server runs\.\n3 of its 3 files/,
      ),
    });
    expect((await models("verify", "finder")).stdout).toMatch(
      /^finder \(fp32\)\n( {2}ok {7}\S+\n){3}$/,
    );
    const listed = (await models("list")).stdout;
    expect(listed).toMatch(/detector of objects[\s\S]*^ {2}finder +in use .* unknown +unknown$/m);
    const { models: all } = JSON.parse((await models("list", "--json")).stdout);
    const kinds = new Map(all.map((one: { id: string; kind: string }) => [one.id, one.kind]));
    expect(kinds.get("finder")).toBe("detector");
    expect(kinds.get("dfine-n-coco")).toBe("detector");
    expect(kinds.get(RECOMMENDED)).toBe("encoder");
    expectRefused(await models("use", "finder"), /Expected an encoder but received finder/);
    expect(await models("remove", "finder")).toEqual({ ...ok, stdout: "Removed finder.\n" });
  });

  test("that a server uses is not removed; what it finds is searched from the command line", async () => {
    const own = temporaryFolder();
    const semblance = (...args: string[]) => run([...args, "--data", own]);
    const photos = temporaryFolder();
    const red = { colour: "red", left: 10, top: 20, width: 50, height: 60 } as const;
    writeFileSync(join(photos, "red.png"), await toPng(100, 100, [red]));
    const without = await semblance("search", "red", "--objects");
    expectRefused(without, /Expected a detector .* semblance models pull/);
    const server = await serve(["--data", own]);
    await semblance("index", photos);
    // Installed beside the server, it is used at once.
    await semblance("models", "pull", "finder", "--from", writeTinyDetector("d_fine"));
    const find = () => semblance("search", "red", "--objects");
    let found = await find();
    for (const end = Date.now() + 20_000; !found.stdout.includes(" red ") && Date.now() < end; )
      found = await find();
    expect(found).toEqual({
      ...ok,
      stdout: expect.stringMatching(/^0\.\d{4} {2}\S+red\.png {2}red 100 % at \d+,\d+-\d+,\d+\n$/),
    });
    const { hits } = JSON.parse((await semblance("search", "red", "--objects", "--json")).stdout);
    expect(hits[0].object).toMatchObject({ label: "red" });
    expect((await semblance("status")).stdout).toMatch(/^detector {3}finder$/m);
    expectRefused(await semblance("models", "remove", "finder"), /not in use .* finder/);
    server.child.kill("SIGTERM");
    await server.finished;
    expect(await semblance("models", "remove", "finder")).toEqual({
      ...ok,
      stdout: "Removed finder.\n",
    });
  });
});

test.each([
  [["pull", "nothing"], /one of siglip2-base-patch32-256, .* received nothing/],
  [["pull", RECOMMENDED, "--variant", "int4"], /one of fp32, fp16, int8/],
  [["pull", RECOMMENDED, "--offline"], /offline mode is on/],
  [["pull", RECOMMENDED, "--from", "/nowhere"], /Expected config\.json in \/nowhere/],
  [["verify", RECOMMENDED], /not installed/],
  [["remove", RECOMMENDED], /models list/],
  [["remove", "compact"], /compact comes with Semblance/],
  [["use"], /missing required argument/],
])("%j says why it cannot be", async (args, message) => {
  const { code, stderr } = await models(...args);
  expect(code).toBe(1);
  expect(stderr).toMatch(message);
});

test("Ctrl-C keeps what has come, and the next pull asks for the rest only", async () => {
  const tower = Buffer.alloc(189_374_263 / 1000, "tower");
  const hub = await startHub({
    "config.json": Buffer.from("{}"),
    "preprocessor_config.json": Buffer.from("{}"),
    "tokenizer.json": Buffer.alloc(34_363_039),
    "tokenizer_config.json": Buffer.from("{}"),
    "onnx/vision_model_fp16.onnx": tower,
  });
  hub.hub.misbehave = (request, response) => {
    if (!request.url?.endsWith("vision_model_fp16.onnx") || request.method === "HEAD") return false;
    response.writeHead(200, { etag: '"v"', "content-length": 189_374_263 });
    response.write(tower);
    return true;
  };
  const env = { HF_ENDPOINT: hub.hub.url };
  const { child, finished } = start(["models", "pull", RECOMMENDED, "--data", data], env);
  const partial = join(data, `models/${RECOMMENDED}.part/onnx/vision_model.onnx.partial`);
  const size = () => (existsSync(partial) ? readFileSync(partial).length : 0);
  for (const end = Date.now() + 30_000; size() < tower.length && Date.now() < end; ) {
    await setTimeout(20);
  }
  child.kill("SIGINT");
  const { code, stdout, stderr } = await finished;
  expect({ code, stdout }).toEqual({
    code: 130,
    stdout: "Stopped. What is there stays: run the command again to go on.\n",
  });
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(size()).toBe(tower.length);

  hub.hub.misbehave = (request, response) =>
    request.url?.endsWith("vision_model_fp16.onnx") === true &&
    request.method === "GET" &&
    !!response.writeHead(404).end();
  hub.hub.requests.length = 0;
  await run(["models", "pull", RECOMMENDED, "--data", data], env);
  const [asked] = hub.hub.requests.filter(({ method }) => method === "GET");
  expect(asked?.url).toMatch(/vision_model_fp16\.onnx$/);
  expect(asked?.headers.range).toBe(`bytes=${tower.length}-`);
  await hub.close();
});

test("a server offers a better model at its start, and models are installed beside it", async () => {
  const own = temporaryFolder();
  const server = await serve(["--data", own]);
  const beside = (...args: string[]) => run(["models", ...args, "--data", own]);
  expect((await beside("pull", "own", "--from", COMPACT)).code).toBe(0);
  expect((await beside("list")).stdout).toMatch(/^ {2}own +installed/m);
  expect((await beside("verify")).code).toBe(0);
  server.child.kill("SIGTERM");
  const { stdout } = await server.finished;
  expect(stdout).toMatch(
    /^Semblance is ready: \S+\nA model more than twice as good at captions: semblance models pull siglip2-base-patch32-256 \(about 789 MB\)\n$/,
  );

  const again = await serve(["--data", own]);
  again.child.kill("SIGTERM");
  expect((await again.finished).stdout).toMatch(/^Semblance is ready: \S+\n$/);
});

describe("another model to search with", () => {
  const folder = temporaryFolder();
  const photos = temporaryFolder();
  const on = (...args: string[]) => run([...args, "--data", folder]);

  test("is used once its vectors are there, alone and beside a server, and so is the first one again", async () => {
    for (const { name, bytes } of await drawEmoji(5)) writeFileSync(join(photos, name), bytes);
    expect((await on("index", photos)).code).toBe(0);
    const tiny = writeModel("tiny", clipFiles());
    expect((await on("models", "pull", "tiny-clip", "--from", tiny)).code).toBe(0);
    const used = await on("models", "use", "tiny-clip");
    expect(used).toMatchObject({ code: 0 });
    expect(used.stdout).toMatch(/^Searches use tiny-clip now: 5 images encoded in \d+ s\.$/m);
    expect((await on("models", "list")).stdout).toMatch(/^ {2}tiny-clip +in use/m);
    expect((await on("status")).stdout).toMatch(/^model +tiny-clip$/m);

    const server = await serve(["--data", folder]);
    try {
      expect((await on("models", "use", "compact")).stdout).toContain("0 images encoded");
      expect((await on("status")).stdout).toMatch(/^model +compact$/m);
    } finally {
      server.child.kill();
      await server.finished;
    }
    expect((await on("status")).stdout).toMatch(/^model +compact$/m);
  }, 240_000);

  test("is refused when it is not installed", async () => {
    const refused = await on("models", "use", "siglip2-base-patch32-256");
    expectRefused(refused, /semblance models pull siglip2-base-patch32-256/);
  });
});
