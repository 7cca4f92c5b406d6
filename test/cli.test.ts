// The command line as people run it: real processes, real folders, real signals.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";
import { basename, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Finished, run, type Server, serve, start } from "./fixtures/cli.ts";
import { openTestEngine, temporaryFolder } from "./fixtures/engine.ts";
import { drawEmoji } from "./fixtures/pictures.ts";

const emoji = await drawEmoji(12);

/** A folder with the twelve pictures. */
function photoFolder(): string {
  const folder = join(temporaryFolder(), "photos");
  mkdirSync(folder);
  for (const { name, bytes } of emoji) writeFileSync(join(folder, name), bytes);
  return folder;
}

// Embedding the vocabulary takes seconds: once, then the folder is copied.
const seeded = await openTestEngine();
await seeded.engine.close();

/** A data folder of its own, with nothing in it but the embeddings of the vocabulary. */
function dataFolder(): string {
  const data = temporaryFolder();
  cpSync(seeded.data, data, { recursive: true });
  return data;
}

const parse = ({ stdout }: Finished) => JSON.parse(stdout);
const ok = { code: 0, stderr: "" };

/** Exit code 1, nothing on stdout, and a message in one line. */
function expectRefused({ code, stdout, stderr }: Finished, message: string | RegExp): void {
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at /m); // no stack
}

async function until(isSo: () => boolean): Promise<void> {
  for (const end = Date.now() + 30_000; !isSo() && Date.now() < end; ) await setTimeout(5);
}

describe("twelve pictures", () => {
  const photos = photoFolder();
  const first = join(photos, emoji[0]!.name);
  const data = dataFolder();
  let indexed: Finished;
  const semblance = (...args: string[]) => run([...args, "--data", data]);
  beforeAll(async () => {
    indexed = await semblance("index", photos);
  });

  test("are indexed, and counted in one line", () => {
    expect(indexed).toMatchObject(ok);
    expect(indexed.stdout).toMatch(/^Indexed 12 images in \d+ s \(\d+\.\d images\/s\)\.\n$/);
  });

  test("are unchanged in a second run", async () => {
    const again = await semblance("index", photos);
    expect(again).toMatchObject(ok);
    expect(again.stdout).toMatch(/^Indexed 0 images in .*; 12 unchanged\.\n$/);
  });

  test("are the same files by a path from the working folder", async () => {
    const names = emoji.map(({ name }) => name);
    const again = await run(["--data", data, "index", ...names], {}, photos);
    expect(again.stdout).toMatch(/; 12 unchanged\.\n$/);
  });

  test("come as JSON by example, the file itself first", async () => {
    const found = await semblance("search", "--image", first, "--json");
    expect(found).toMatchObject(ok);
    const { hits, relevant, ...rest } = parse(found);
    expect(rest).toEqual({});
    expect(relevant).toBeGreaterThan(0); // itself
    expect(hits).toHaveLength(12);
    for (const hit of hits) {
      expect(Object.keys(hit)).toEqual(["id", "path", "score"]);
      expect(hit.id).toMatch(/^\w+$/);
      expect(hit.path.startsWith(photos)).toBe(true);
    }
    expect(hits[0].path).toBe(first);
    expect(hits[0].score).toBeCloseTo(1, 3);
    const scores = hits.map(({ score }: { score: number }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  test.each([
    { query: ["a red heart"] },
    { query: ["--concept", "Dog"] },
    { query: ["--concept", "#dog"] },
  ])("come as a table of scores and paths for $query", async ({ query }) => {
    const found = await semblance("search", ...query);
    expect(found).toMatchObject(ok);
    const rows = found.stdout.trim().split("\n");
    expect(rows).toHaveLength(12);
    for (const row of rows) expect(row).toMatch(/^[01]\.\d{4} {2}\/.*\.jpg$/);
    const scores = rows.map((row) => Number(row.split(" ")[0]));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  test("are as many as --limit says", async () => {
    const { hits } = parse(await semblance("search", "a face", "--limit", "3", "--json"));
    expect(hits).toHaveLength(3);
  });

  test("are counted by status, for people and as JSON", async () => {
    const counts = { pending: 0, processed: 12, failed: 0, duplicate: 0 };
    const [table, json] = [await semblance("status"), await semblance("status", "--json")];
    const rest = { detector: null, server: null, unread: 0 };
    expect(parse(json)).toEqual({ model: "compact", counts, ...rest });
    expect(table).toMatchObject(ok);
    expect(table.stdout).toMatch(/^data +\/.*\nmodel +compact\nindexed +12\nwaiting +0\n/);
    expect(table.stdout).toContain(data);
  });

  test("and bad files: each failure is named with its reason, the rest is indexed", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "text.jpg"), "this is no picture");
    writeFileSync(join(folder, "copy.jpg"), emoji[3]!.bytes);
    const mixed = await semblance("index", folder);
    expect(mixed).toMatchObject(ok);
    expect(mixed.stdout).toMatch(/^Indexed 0 images .*; 1 duplicates, 1 failed\.\n/);
    expect(mixed.stdout).toContain(`  failed: "${join(folder, "text.jpg")}": Expected JPEG, PNG`);
  });

  test("and bad files: a second run names the failure again", async () => {
    const [own, folder] = [dataFolder(), temporaryFolder()];
    writeFileSync(join(folder, "text.jpg"), "this is no picture");
    for (let time = 0; time < 2; time++) {
      const { stdout } = await run(["index", folder, "--data", own]);
      expect(stdout).toMatch(/^Indexed 0 images .*; 1 failed\.\n {2}failed: .*text\.jpg/);
    }
  });

  test("are counted as indexed when their file has changed", async () => {
    const [own, folder] = [dataFolder(), temporaryFolder()];
    const file = join(folder, "picture.jpg");
    for (const { bytes } of emoji.slice(0, 2)) {
      writeFileSync(file, bytes);
      const { stdout } = await run(["index", folder, "--data", own]);
      expect(stdout).toMatch(/^Indexed 1 images /);
    }
  });

  test("are not found any more once their file is unreadable", async () => {
    const [own, folder] = [dataFolder(), photoFolder()];
    const file = join(folder, emoji[5]!.name);
    await run(["index", folder, "--data", own]);
    writeFileSync(file, "this is no picture any more");
    const again = await run(["index", folder, "--data", own]);
    expect(again.stdout).toContain("1 failed");
    const { hits } = parse(await run(["search", "a face", "--json", "--data", own]));
    expect(hits.map(({ path }: { path: string }) => path)).not.toContain(file);
  });
});

describe("settings by environment equal settings by flag", () => {
  const data = dataFolder();

  test("for the data folder", async () => {
    const byFlag = await run(["status", "--data", data]);
    expect(byFlag).toMatchObject(ok);
    expect(await run(["status"], { SEMBLANCE_DATA: data })).toEqual(byFlag);
    // A flag wins.
    const elsewhere = { SEMBLANCE_DATA: "/proc/nowhere" };
    expect(await run(["status", "--data", data], elsewhere)).toEqual(byFlag);
  });

  test.each([
    ["model", "/nowhere/model", "/nowhere/model/config.json"],
    ["threads", "many", "for threads"],
    ["port", "65536", "for port"],
    ["host", "0.0.0.0", "Expected an access key for host 0.0.0.0"],
  ])("for %s, down to the message when it is wrong", async (name, value, message) => {
    const env = { SEMBLANCE_DATA: dataFolder(), [`SEMBLANCE_${name.toUpperCase()}`]: value };
    const [byFlag, byEnvironment] = await Promise.all([
      run(["serve", "--data", data, `--${name}`, value]),
      run(["serve"], env),
    ]);
    expectRefused(byFlag, message);
    expect(byEnvironment).toEqual(byFlag);
  });
});

describe("a command that cannot be run says why", () => {
  const photo = join(photoFolder(), emoji[0]!.name);

  test.concurrent.each([
    [["search", "dog", "--limit", "0"], /--limit.*'0'.*Expected 1 to 1000/],
    [["search", "dog", "--limit", "1001"], /--limit.*'1001'/],
    [["search", "dog", "--limt", "5"], /unknown option '--limt'/],
    [["serach", "dog"], /unknown command 'serach'/],
    [["index"], /missing required argument 'path'/],
    [["status", "--threads", "0"], /threads.*SEMBLANCE_THREADS.*"0"/],
    [["search"], /exactly one of a caption, --image FILE and --concept NAME/],
    [["search", "dog", "--concept", "dog"], /exactly one of/],
    [["search", "dog", "--image", photo], /exactly one of/],
    [["search", "--image", photo, "--concept", "dog"], /exactly one of/],
    [["search", "  "], /Expected words for the caption/],
    [["search", "--concept", "no such thing"], /#no such thing/],
    [["search", "--image", "/nowhere/dog.jpg"], /--image.*\/nowhere\/dog\.jpg/],
    [["search", "--image", "/"], /--image/],
    [["index", "/nowhere/photos"], /\/nowhere\/photos/],
    [["index", photo, "/nowhere/photos"], /\/nowhere\/photos/],
  ])("%j", async (args, message) => {
    expectRefused(await run([...args, "--data", dataFolder()]), message);
  });

  test("on a picture that is none", async () => {
    const file = join(temporaryFolder(), "notes.txt");
    writeFileSync(file, "this is no picture");
    const refused = await run(["search", "--image", file, "--data", dataFolder()]);
    expectRefused(refused, /Expected JPEG, PNG/);
  });

  test("on a data folder that another process holds", async () => {
    const { engine, data: busy } = await openTestEngine();
    const refused = await run(["status", "--data", busy]);
    await engine.close();
    expectRefused(refused, busy);
    expect(refused.stderr).toContain(`process ${process.pid}`);
  });
});

test("Ctrl-C keeps what is indexed, says how many wait, and the next run finishes them", async () => {
  const [data, folder] = [dataFolder(), join(temporaryFolder(), "photos")];
  mkdirSync(folder);
  // Equal pictures with different bytes: drawing takes longer than indexing.
  for (let copy = 0; copy < 30; copy++) {
    for (const { name, bytes } of emoji)
      writeFileSync(join(folder, `${copy}-${name}`), Buffer.concat([bytes, Buffer.from([copy])]));
  }
  const count = 30 * emoji.length;
  const { child, finished } = start(["index", folder, "--data", data, "--threads", "1"]);
  const thumbnails = join(data, "blobs", "thumbnails");
  const made = () => (existsSync(thumbnails) ? readdirSync(thumbnails, { recursive: true }) : []);
  await until(() => made().length >= 10);
  child.kill("SIGINT");
  const askedMs = Date.now();
  const { code, stdout, stderr } = await finished;
  expect(Date.now() - askedMs).toBeLessThan(5000);
  expect({ isEnded: code !== null, stderr }).toEqual({ isEnded: true, stderr: "" });
  const [, indexed, waiting] =
    /^Indexed (\d+) images.*\nStopped\. (\d+) images wait; run the command again/.exec(stdout) ??
    [];
  expect(Number(waiting)).toBeGreaterThan(0);
  expect(Number(indexed) + Number(waiting)).toBe(count);

  const rest = await run(["index", folder, "--data", data]);
  expect(rest.code).toBe(0); // on a busy machine it also reports how far it is
  expect(parse(await run(["status", "--json", "--data", data])).counts).toEqual({
    pending: 0,
    processed: count,
    failed: 0,
    duplicate: 0,
  });
});

describe("commands on a folder that a server holds", () => {
  const photos = photoFolder();
  const data = dataFolder();
  let server: Server;
  const semblance = (...args: string[]) => run([...args, "--data", data]);
  beforeAll(async () => {
    server = await serve(["--data", data]);
  });
  afterAll(() => server.child.kill("SIGKILL"));

  test("index inside the server", async () => {
    const indexed = await semblance("index", photos);
    expect(indexed).toMatchObject(ok);
    expect(indexed.stdout).toMatch(/^Indexed 12 images in /);
    expect((await semblance("index", photos)).stdout).toMatch(/; 12 unchanged\.\n$/);
  });

  test("index a path from their own working folder", async () => {
    const again = await run(["index", basename(photos), "--data", data], {}, join(photos, ".."));
    expect(again.stdout).toMatch(/; 12 unchanged\.\n$/);
  });

  test("search inside the server", async () => {
    const file = join(photos, emoji[7]!.name);
    const { hits } = parse(await semblance("search", "--image", file, "--json"));
    expect(hits[0]).toMatchObject({ path: file, score: expect.closeTo(1, 3) });
    expect((await semblance("search", "a dog")).stdout.trim().split("\n")).toHaveLength(12);
  });

  test("tell by status where it is served", async () => {
    const { stdout } = await semblance("status");
    expect(stdout).toContain(`${data} (served at ${server.url})`);
    expect(parse(await semblance("status", "--json"))).toMatchObject({
      server: server.url,
      counts: { processed: 12 },
    });
  });

  test("refuse what they refuse without a server, in the same words", async () => {
    expectRefused(await semblance("search", "--concept", "no such thing"), "#no such thing");
    expectRefused(await semblance("index", "/nowhere/photos"), "/nowhere/photos");
  });

  test("a second server is refused, by the first one's address", async () => {
    expectRefused(await run(["serve", "--port", "0", "--data", data]), server.url);
  });

  // Last: it ends the server.
  test("work on the folder itself after the server was killed", async () => {
    server.child.kill("SIGKILL");
    await server.finished;
    expect(readFileSync(join(data, "owner.json"), "utf8")).toContain(server.url);
    expect(parse(await semblance("status", "--json"))).toMatchObject({
      server: null,
      counts: { processed: 12 },
    });
    expect((await semblance("index", photos)).stdout).toMatch(/; 12 unchanged\.\n$/);
    expect(parse(await semblance("search", "a dog", "--json")).hits).toHaveLength(12);
    expect(existsSync(join(data, "owner.json"))).toBe(false);
  });
});

describe("serve", () => {
  const data = dataFolder();
  const ended = async (server: Server) => {
    const askedMs = Date.now();
    server.child.kill("SIGTERM");
    const { code, stderr } = await server.finished;
    expect(Date.now() - askedMs).toBeLessThan(5000);
    return { code, stderr };
  };

  test("stops on SIGTERM, with open connections too, and starts again", async () => {
    for (let time = 0; time < 2; time++) {
      const server = await serve(["--data", data]);
      expect(await (await fetch(`${server.url}/health`)).json()).toEqual({ status: "ok" });
      expect(await ended(server)).toEqual(ok);
    }
  });

  test("stops in the middle of indexing, and the next run finishes the rest", async () => {
    const [own, folder] = [dataFolder(), join(temporaryFolder(), "photos")];
    mkdirSync(folder);
    for (let i = 0; i < 240; i++) {
      const bytes = Buffer.concat([emoji[i % 12]!.bytes, Buffer.from([i])]);
      writeFileSync(join(folder, `${i}.jpg`), bytes);
    }
    const server = await serve(["--data", own, "--threads", "1"]);
    const indexing = run(["index", folder, "--data", own]);
    const thumbnails = join(own, "blobs", "thumbnails");
    await until(() => existsSync(thumbnails));
    expect(await ended(server)).toEqual(ok);
    expectRefused(await indexing, server.url); // the command does not hang, and says who left
    await run(["index", folder, "--data", own]);
    const { counts } = parse(await run(["status", "--json", "--data", own]));
    expect(counts).toMatchObject({ pending: 0, processed: 240 });
  });

  test("listens where flags or environment say", async () => {
    const byFlags = await serve(["--data", data, "--host", "localhost", "--port", "0"]);
    const port = new URL(byFlags.url).port;
    await ended(byFlags);
    const env = { SEMBLANCE_DATA: data, SEMBLANCE_HOST: "localhost", SEMBLANCE_PORT: port };
    const byEnvironment = await serve([], env);
    expect(byEnvironment.url).toBe(`http://localhost:${port}`);
    expect(parse(await run(["status", "--json", "--data", data])).server).toBe(byEnvironment.url);
    await ended(byEnvironment);
  });

  test("says which port is taken, and lets the folder go", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as { port: number };
    const refused = await run(["serve", "--port", String(port), "--data", data]);
    other.close();
    expectRefused(refused, `${port} is taken on 127.0.0.1`);
    expect(await run(["status", "--data", data])).toMatchObject(ok);
  });

  test("refuses to listen beyond this machine without a key, before it touches the folder", async () => {
    const untouched = join(temporaryFolder(), "data");
    const refused = await run(["serve", "--host", "0.0.0.0", "--data", untouched]);
    expectRefused(refused, /Expected an access key for host 0\.0\.0\.0.*SEMBLANCE_KEY/);
    expect(existsSync(untouched)).toBe(false);
  });

  const isOutside = (address?: NetworkInterfaceInfo) =>
    address?.family === "IPv4" && !address.internal;
  const own = Object.values(networkInterfaces()).flat().find(isOutside)?.address;
  const key = { SEMBLANCE_KEY: "a secret of 16 characters" };

  test("lets the command line in when it listens on all addresses with a key", async () => {
    const server = await serve(["--host", "0.0.0.0", "--data", data], key);
    const status = await run(["status", "--json", "--data", data]);
    await ended(server);
    expect(status).toMatchObject(ok);
    expect(parse(status).server).toBe(server.url);
  });

  (own === undefined ? test.skip : test)(
    "lets the command line in when it listens on an address of the network",
    async () => {
      const server = await serve(["--host", own as string, "--data", data], key);
      const status = await run(["status", "--json", "--data", data]);
      await ended(server);
      expect(status).toMatchObject(ok);
      expect(parse(status).server).toBe(server.url);
    },
  );
});
