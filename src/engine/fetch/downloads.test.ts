// Inputs by URL through the engine's door, with a network that the test answers.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  openTestEngine,
  settled,
  type TestEngine,
  temporaryFolder,
} from "../../../test/fixtures/engine.ts";
import { drawEmoji } from "../../../test/fixtures/pictures.ts";
import { AppError } from "../../errors.ts";
import { openFolderBlobs } from "../blobs.ts";
import type { Input, NewInput } from "../engine.ts";
import type { FetchImage } from "./fetch-image.ts";

const emoji = await drawEmoji(12);
const bytesOf = (i: number) => emoji[i]!.bytes;

/** Fetches that wait until the test answers them. */
function openNetwork() {
  const asked: string[] = [];
  const waiting = new Map<string, PromiseWithResolvers<Uint8Array>[]>();
  const fetchImage: FetchImage = (url, signal) => {
    asked.push(url);
    const answer = withResolvers<Uint8Array>();
    waiting.set(url, [...(waiting.get(url) ?? []), answer]);
    signal?.addEventListener("abort", () => answer.reject(new AppError("cancelled", "stopped")));
    return answer.promise;
  };
  return {
    asked,
    fetchImage,
    async answer(url: string, answer: Uint8Array | AppError) {
      const isAsked = () => expect(waiting.get(url)?.length ?? 0).toBeGreaterThan(0);
      await vi.waitFor(isAsked, { timeout: 10_000 });
      const next = waiting.get(url)!.shift()!;
      if (answer instanceof AppError) next.reject(answer);
      else next.resolve(answer);
    },
  };
}

type PromiseWithResolvers<T> = {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: Error) => void;
};

// Promise.withResolvers came after Node 20.
function withResolvers<T>(): PromiseWithResolvers<T> {
  let settle!: Omit<PromiseWithResolvers<T>, "promise">;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle };
}

let network: ReturnType<typeof openNetwork>;
let opened: TestEngine;
beforeEach(async () => {
  network = openNetwork();
  opened = await openTestEngine({ fetchImage: network.fetchImage });
});
afterEach(() => opened.engine.close());

async function add(...inputs: NewInput[]): Promise<readonly (Input | Error)[]> {
  return opened.engine.addInputs(opened.app, inputs);
}

async function addOne(input: NewInput): Promise<Input> {
  const [added] = await add(input);
  if (added instanceof Error) throw added;
  return added!;
}

async function ended(id: string): Promise<Input> {
  return vi.waitFor(
    async () => {
      const input = (await opened.engine.input(opened.app, id))!;
      expect(input.status).not.toBe("pending");
      return input;
    },
    { timeout: 20_000 },
  );
}

function keptOriginals(): readonly string[] {
  const folder = join(opened.data, "blobs", "originals");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}

test("an input by URL is pending at once, and searchable when its bytes have come", async () => {
  const url = "https://photos.test/a/Two%20dogs.jpg?size=large";
  const added = await addOne({ url, metadata: { a: 1 }, place: { latitude: 48, longitude: 11 } });
  expect(added).toMatchObject({
    status: "pending",
    url,
    name: "Two dogs.jpg",
    sha256: null,
    metadata: { a: 1 },
    place: { latitude: 48, longitude: 11 },
  });
  await network.answer(url, bytesOf(0));
  expect(await ended(added.id)).toMatchObject({
    status: "processed",
    format: "jpeg",
    sizeBytes: bytesOf(0).length,
  });
  const original = await opened.engine.original(opened.app, added.id);
  expect(Buffer.from(original!.bytes)).toEqual(bytesOf(0));
  expect(await opened.engine.thumbnail(opened.app, added.id)).toBeDefined();
});

test.each([
  ["https://photos.test/", ""],
  ["https://photos.test/%ff.jpg", ""],
  ["https://photos.test/folder/", "folder"],
])("names %s %j", async (url, name) => {
  expect((await addOne({ url })).name).toBe(name);
  expect((await addOne({ url, name: "mine", allowDuplicate: true })).name).toBe("mine");
});

test("refuses what is no URL at once", async () => {
  const [refused] = await add({ url: "ftp://photos.test/a.jpg" });
  expect(refused).toMatchObject({ code: "url_invalid" });
  expect((await opened.engine.countInputs(opened.app)).pending).toBe(0);
});

test("posted images do not wait for downloads", async () => {
  for (let i = 0; i < 70; i++) await addOne({ url: `https://slow${i}.test/` });
  const posted = await addOne({ bytes: bytesOf(0) });
  expect(await ended(posted.id)).toMatchObject({ status: "processed" });
});

test("fetches 8 at once and 4 of one host", async () => {
  const urls = Array.from({ length: 6 }, (_, i) => `https://one.test/${i}`);
  const others = Array.from({ length: 6 }, (_, i) => `https://other${i}.test/`);
  await add(...[...urls, ...others].map((url) => ({ url })));
  const first = [...urls.slice(0, 4), ...others.slice(0, 4)];
  await vi.waitFor(() => expect(network.asked).toEqual(first));
  await setTimeout(50);
  expect(network.asked).toEqual(first);
  await network.answer(urls[1]!, bytesOf(1));
  await vi.waitFor(() => expect(network.asked).toEqual([...first, urls[4]]));
  await network.answer(others[0]!, bytesOf(2));
  await vi.waitFor(() => expect(network.asked).toEqual([...first, urls[4], others[4]]));
});

test("says why an address has no image, and the others go on", async () => {
  const [a, b] = (await add({ url: "https://a.test/" }, { url: "https://b.test/" })) as Input[];
  await network.answer("https://a.test/", new AppError("url_unreachable", "Expected an image."));
  await network.answer("https://b.test/", Buffer.from("no image"));
  expect((await ended(a!.id)).failure).toEqual({
    code: "url_unreachable",
    message: "Expected an image.",
  });
  expect((await ended(b!.id)).failure).toMatchObject({ code: "image_unsupported" });
  await vi.waitFor(() => expect(keptOriginals()).toEqual([]));
  expect(opened.errors).toEqual([]);
});

test("tries once more after trouble that may pass", async () => {
  const trouble = new AppError("url_unreachable", "Busy.", { details: { isTransient: true } });
  const [a, b] = (await add({ url: "https://a.test/" }, { url: "https://b.test/" })) as Input[];
  await network.answer("https://a.test/", trouble);
  await network.answer("https://b.test/", trouble);
  await vi.waitFor(() => expect(network.asked).toHaveLength(4), { timeout: 5000 });
  await network.answer("https://a.test/", bytesOf(0));
  await network.answer("https://b.test/", trouble);
  expect((await ended(a!.id)).status).toBe("processed");
  expect((await ended(b!.id)).failure?.message).toBe("Busy.");
  expect(network.asked).toHaveLength(4);
});

describe("the same URL", () => {
  const url = "https://photos.test/a.jpg";

  test("is taken once, also within one request", async () => {
    const [first, second] = await add({ id: "one", url }, { id: "two", url });
    expect(first).toMatchObject({ id: "one" });
    expect(second).toMatchObject({
      code: "duplicate_url",
      message: expect.stringMatching(/^Duplicate URL in your application.*\bone\b/),
    });
    await network.answer(url, bytesOf(0));
    await ended("one");
    expect((await add({ url }))[0]).toMatchObject({ code: "duplicate_url" });
    await opened.engine.deleteInputs(opened.app, ["one"]);
    expect(await addOne({ url })).toMatchObject({ status: "pending" });
  });

  test("is taken again when it failed", async () => {
    const { id } = await addOne({ url });
    await network.answer(url, new AppError("url_unreachable", "Gone."));
    await ended(id);
    expect(await addOne({ url })).toMatchObject({ status: "pending" });
  });

  test("is taken twice on request, and the bytes stay until both are gone", async () => {
    const [a, b] = (await add(
      { url, allowDuplicate: true },
      { url, allowDuplicate: true },
    )) as Input[];
    await network.answer(url, bytesOf(0));
    await network.answer(url, bytesOf(0));
    for (const { id } of [a!, b!]) expect((await ended(id)).status).toBe("processed");
    expect(keptOriginals()).toHaveLength(1);
    await opened.engine.deleteInputs(opened.app, [a!.id]);
    expect(keptOriginals()).toHaveLength(1);
    await opened.engine.deleteInputs(opened.app, [b!.id]);
    expect(keptOriginals()).toEqual([]);
  });

  test("may be taken in another app", async () => {
    const { engine } = opened;
    const other = await engine.apps.create("me", { id: "other" });
    await addOne({ url });
    const [added] = await engine.addInputs(other, [{ url }]);
    expect(added).toMatchObject({ status: "pending" });
  });
});

test("the same bytes from another URL are a duplicate, whose bytes are not kept twice", async () => {
  const posted = await addOne({ bytes: bytesOf(0), name: "posted.jpg" });
  await ended(posted.id);
  const { id } = await addOne({ url: "https://photos.test/copy.jpg" });
  await network.answer("https://photos.test/copy.jpg", bytesOf(0));
  expect(await ended(id)).toMatchObject({
    status: "duplicate",
    failure: { code: "duplicate_image", message: expect.stringContaining(posted.id) },
  });
  expect(keptOriginals()).toHaveLength(1);
  await opened.engine.deleteInputs(opened.app, [posted.id]);
  expect(keptOriginals()).toEqual([]);
});

test("posted bytes that were downloaded before are a duplicate", async () => {
  const { id } = await addOne({ url: "https://photos.test/a.jpg" });
  await network.answer("https://photos.test/a.jpg", bytesOf(0));
  await ended(id);
  expect((await add({ bytes: bytesOf(0) }))[0]).toMatchObject({ code: "duplicate_image" });
});

test("an input that is deleted while it downloads leaves nothing, and frees its place", async () => {
  const urls = Array.from({ length: 9 }, (_, i) => `https://host${i}.test/`);
  const inputs = (await add(...urls.map((url) => ({ url })))) as Input[];
  await vi.waitFor(() => expect(network.asked).toHaveLength(8));
  await opened.engine.deleteInputs(opened.app, [inputs[0]!.id]);
  await vi.waitFor(() => expect(network.asked).toEqual(urls));
  expect(await opened.engine.input(opened.app, inputs[0]!.id)).toBeUndefined();
  // This one's bytes are on their way when it goes.
  await Promise.all([
    network.answer(urls[1]!, bytesOf(1)),
    opened.engine.deleteInputs(opened.app, [inputs[1]!.id]),
  ]);
  await opened.engine.deleteAllInputs(opened.app);
  await setTimeout(50);
  expect(keptOriginals()).toEqual([]);
  expect(opened.errors).toEqual([]);
});

test("a restart goes on with what was not downloaded", async () => {
  const data = temporaryFolder();
  const first = await openTestEngine({ data, fetchImage: network.fetchImage });
  const added = await first.engine.addInputs(
    first.app,
    Array.from({ length: 10 }, (_, i) => ({ id: `input${i}`, url: `https://host${i}.test/` })),
  );
  expect(added.every((input) => !(input instanceof Error))).toBe(true);
  await network.answer("https://host0.test/", bytesOf(0));
  await vi.waitFor(async () =>
    expect((await first.engine.input(first.app, "input0"))!.status).toBe("processed"),
  );
  await first.engine.close();
  const again = openNetwork();
  const second = await openTestEngine({ data, fetchImage: again.fetchImage });
  for (let i = 1; i < 10; i++) await again.answer(`https://host${i}.test/`, bytesOf(i));
  await settled(second);
  expect(await second.engine.countInputs(second.app)).toMatchObject({ processed: 10, pending: 0 });
  expect(again.asked).not.toContain("https://host0.test/");
  await second.engine.close();
});

test("a disk that fails ends the input with a reason", async () => {
  const blobs = await openFolderBlobs(join(temporaryFolder(), "blobs"));
  const full = Object.assign(new Error("ENOSPC: no space left"), { code: "ENOSPC" });
  const put: typeof blobs.put = async (key, ...rest) =>
    key.startsWith("originals/") ? Promise.reject(full) : blobs.put(key, ...rest);
  const other = await openTestEngine({
    fetchImage: network.fetchImage,
    blobs: { ...blobs, put },
  });
  const url = "https://photos.test/full.jpg";
  const [added] = (await other.engine.addInputs(other.app, [{ url }])) as Input[];
  await network.answer(url, bytesOf(0));
  await settled(other);
  expect((await other.engine.input(other.app, added!.id))!.failure?.code).toBe("disk_full");
  expect(other.errors).toMatchObject([{ code: "disk_full" }]);
  await other.engine.close();
});
