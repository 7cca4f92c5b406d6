// What hangs on new inputs, and the jobs that count them. No URL is ever answered here.
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openTestEngine, type TestEngine } from "../../test/fixtures/engine.ts";
import { drawEmoji } from "../../test/fixtures/pictures.ts";
import type { Input, NewInput } from "./engine.ts";
import type { FetchImage } from "./fetch/fetch-image.ts";

const emoji = await drawEmoji(3);
const { bytes } = emoji[0]!;

const untilAborted: FetchImage = (_url, signal) =>
  new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));

let opened: TestEngine;
beforeEach(async () => {
  opened = await openTestEngine({ fetchImage: untilAborted });
});
afterEach(() => opened.engine.close());

let nextUrl = 0;
const byUrl = () => ({ url: `https://photos.test/${nextUrl++}.jpg` });

function add(inputs: readonly NewInput[], how = {}): Promise<readonly (Input | Error)[]> {
  return opened.engine.addInputs(opened.app, inputs, how);
}

function tiny(): Promise<Buffer> {
  return sharp({ create: { width: 8, height: 8, channels: 3, background: "#a40" } })
    .png()
    .toBuffer();
}

async function processed(id: string): Promise<void> {
  const isProcessed = async () =>
    expect((await opened.engine.input(opened.app, id))?.status).toBe("processed");
  await vi.waitFor(isProcessed, { timeout: 20_000 });
}

test.each([["bytes", () => ({ bytes })] as const, ["a URL", byUrl] as const])(
  "an input with %s is stored with its place, metadata, labels and datasets",
  async (_kind, source) => {
    const { engine, app } = opened;
    for (const id of ["red", "blue", "green"]) await engine.datasets.create(app, { id });
    const place = { latitude: -90, longitude: 180 };
    const labels = [
      { name: "dog", value: 1 },
      { id: "cat-id", name: "cat", value: 0 },
    ];
    const datasets = ["red", "green", "red"];
    const given = { ...source(), id: "full", place, metadata: { a: [1] }, labels, datasets };
    const [added] = await add([given]);
    expect(added).toMatchObject({ id: "full", place, metadata: { a: [1] } });
    const input = added as Input;
    expect((await engine.datasets.of([input])).get(input.row)).toEqual(["red", "green"]);
    expect((await engine.annotations.labelsOf([input])).get(input.row)).toMatchObject([
      { name: "dog", value: 1 },
      { id: "cat-id", name: "cat", value: 0 },
    ]);
  },
);

test.each([
  ["a dataset that does not exist", { datasets: ["red", "nowhere"] }, "not_found", /nowhere/],
  ["a version of a dataset", { datasets: ["red/one"] }, "not_found", /red\/one/],
  [
    "a place beyond the poles",
    { place: { latitude: 90.1, longitude: 0 } },
    "invalid_request",
    /90.1/,
  ],
  [
    "a place beyond the date line",
    { place: { latitude: 0, longitude: -181 } },
    "invalid_request",
    /-181/,
  ],
  [
    "a place that is no number",
    { place: { latitude: Number.NaN, longitude: 0 } },
    "invalid_request",
    /NaN/,
  ],
  [
    "a label beyond 1",
    { labels: [{ name: "dog", value: 1.1 }], datasets: ["red"] },
    "invalid_request",
    /1.1/,
  ],
  ["an id with a slash", { id: "a/b" }, "invalid_request", /a\/b/],
] as const)(
  "%s refuses the input and stores nothing of it",
  async (_kind, wrong, code, message) => {
    const { engine, app } = opened;
    const red = await engine.datasets.create(app, { id: "red" });
    await engine.datasets.versions.create(app, red, [{ id: "one" }]);
    for (const source of [{ bytes }, byUrl()]) {
      const [refused, next] = await add([{ ...source, ...wrong }, byUrl()]);
      expect(refused).toMatchObject({ code, message: expect.stringMatching(message) });
      expect(next).toMatchObject({ status: "pending" });
    }
    expect((await engine.countInputs(app)).pending).toBe(2);
    expect(await engine.datasets.count(red)).toBe(0);
    // The bytes are new still.
    expect((await add([{ bytes }]))[0]).toMatchObject({ status: "pending" });
  },
);

describe("an id that exists", () => {
  test("is refused, also within one request", async () => {
    const results = await add([
      { ...byUrl(), id: "same" },
      { ...byUrl(), id: "same" },
    ]);
    expect(results).toMatchObject([{ id: "same" }, { code: "id_exists" }]);
    expect((await add([{ bytes, id: "same" }]))[0]).toMatchObject({ code: "id_exists" });
  });

  test("gets a suffix on request: -1 to -9, then a random one", async () => {
    const ids: string[] = [];
    for (let i = 0; i < 12; i++) {
      const [added] = await add([{ ...byUrl(), id: "same" }], { onConflict: "suffix" });
      ids.push((added as Input).id);
    }
    expect(ids.slice(0, 10)).toEqual([
      "same",
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `same-${n}`),
    ]);
    for (const id of ids.slice(10)) expect(id).toMatch(/^same-[0-9a-f]{16}$/);
    expect(new Set(ids).size).toBe(12);
  });

  test("gets a suffix for posted bytes, too", async () => {
    await add([{ ...byUrl(), id: "same" }]);
    const [added] = await add([{ bytes, id: "same" }], { onConflict: "suffix" });
    expect(added).toMatchObject({ id: "same-1" });
    await processed("same-1");
  });

  test("is refused all the same when the request itself repeats it", async () => {
    await add([{ ...byUrl(), id: "same" }]);
    const again = [
      { ...byUrl(), id: "same" },
      { ...byUrl(), id: "same" },
    ];
    expect(await add(again, { onConflict: "suffix" })).toMatchObject([
      { id: "same-1" },
      { code: "id_exists" },
    ]);
  });
});

describe("a job", () => {
  const counts = async (id: string) => (await opened.engine.jobs.get(opened.app, id))?.counts;

  test("counts its inputs by state, and refused ones as failed", async () => {
    await add([{ bytes, id: "first" }]);
    const batch = [
      { bytes: emoji[1]!.bytes, id: "good" },
      { bytes: Buffer.from("bad"), id: "bad" },
      { ...byUrl(), id: "first" },
      byUrl(),
    ];
    await add(batch, { job: "batch", refused: 2 });
    await processed("good");
    await vi.waitFor(async () =>
      expect(await counts("batch")).toEqual({ pending: 1, processed: 1, failed: 4, duplicate: 0 }),
    );
    const job = (await opened.engine.jobs.get(opened.app, "batch"))!;
    expect(job).toMatchObject({ id: "batch", isCancelled: false });
    const good = (await opened.engine.input(opened.app, "good"))!;
    expect(job.modifiedAt.getTime()).toBeGreaterThanOrEqual(good.modifiedAt.getTime());
    expect(job.createdAt.getTime()).toBeLessThanOrEqual(good.createdAt.getTime());
  });

  test("exists even if every input was refused, or none came", async () => {
    await add([{ url: "no URL" }], { job: "refused" });
    await add([], { job: "empty", refused: 3 });
    await add([], { job: "nothing" });
    expect((await counts("refused"))?.failed).toBe(1);
    expect((await counts("empty"))?.failed).toBe(3);
    expect(await counts("nothing")).toEqual({ pending: 0, processed: 0, failed: 0, duplicate: 0 });
    expect(await counts("unknown")).toBeUndefined();
  });

  test("goes on when it is named again", async () => {
    await add([byUrl()], { job: "long" });
    await add([byUrl(), { url: "" }], { job: "long" });
    expect(await counts("long")).toMatchObject({ pending: 2, failed: 1 });
  });

  test("belongs to its app", async () => {
    const { engine, app } = opened;
    const other = await engine.apps.create("me", { id: "other" });
    await add([byUrl()], { job: "mine" });
    expect(await engine.jobs.get(other, "mine")).toBeUndefined();
    await engine.addInputs(other, [], { job: "mine" });
    expect((await engine.jobs.list(app, { offset: 0, limit: 10 })).map(({ id }) => id)).toEqual([
      "mine",
    ]);
    await engine.deleteApp(other);
  });

  test("is listed newest first, in pages", async () => {
    for (const job of ["a", "b", "c"]) await add([byUrl()], { job });
    const { jobs } = opened.engine;
    const ids = async (offset: number, limit: number) =>
      (await jobs.list(opened.app, { offset, limit })).map(({ id }) => id);
    expect(await ids(0, 2)).toEqual(["c", "b"]);
    expect(await ids(2, 2)).toEqual(["a"]);
    expect((await jobs.list(opened.app, { offset: 0, limit: 1 }))[0]!.counts.pending).toBe(1);
  });

  test("that is cancelled ends what is not ready, and leaves the rest alone", async () => {
    const { engine, app } = opened;
    await add(
      [
        { bytes, id: "good" },
        { ...byUrl(), id: "late" },
      ],
      { job: "batch" },
    );
    await add([{ ...byUrl(), id: "other" }]);
    await processed("good");
    const job = await engine.jobs.cancel(app, "batch");
    expect(job).toMatchObject({
      isCancelled: true,
      counts: { processed: 1, failed: 1, pending: 0 },
    });
    expect((await engine.input(app, "late"))!).toMatchObject({
      status: "failed",
      failure: { code: "cancelled", message: expect.stringContaining("batch") },
    });
    expect((await engine.input(app, "other"))!.status).toBe("pending");
    await expect(engine.jobs.cancel(app, "unknown")).rejects.toMatchObject({ code: "not_found" });
  });

  test("that is cancelled while it is indexed never finds an input half done", async () => {
    const { engine, app } = opened;
    await add(
      emoji.map((each, i) => ({ bytes: each.bytes, id: `image${i}` })),
      { job: "batch" },
    );
    await engine.jobs.cancel(app, "batch");
    const more = { bytes: await tiny(), id: "last" };
    await add([more]);
    await processed("last");
    const { pending, processed: done, failed } = (await counts("batch"))!;
    expect([pending, done + failed]).toEqual([0, emoji.length]);
    const { total } = await engine.search(app, { ranks: [], filters: [], offset: 0, limit: 10 });
    expect(total).toBe(done + 1);
  });

  test("needs an id that is one", async () => {
    await expect(add([byUrl()], { job: "a/b" })).rejects.toMatchObject({ code: "invalid_request" });
    expect((await opened.engine.countInputs(opened.app)).pending).toBe(0);
  });
});
