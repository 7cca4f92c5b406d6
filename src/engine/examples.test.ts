import { rmSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "../../test/fixtures/engine.ts";
import { openFolderBlobs } from "./blobs.ts";
import type { App } from "./engine.ts";
import { EXAMPLES_MAX, Examples } from "./examples.ts";
import { Store } from "./store.ts";
import { Thread } from "./thread.ts";
import { Turns } from "./turns.ts";

const folder = temporaryFolder();
const store = Store.open(folder);
let examples: Examples;
let app: App;

beforeAll(async () => {
  const blobs = await openFolderBlobs(join(folder, "blobs"));
  examples = new Examples({ store, blobs, codecs: new Thread("codec-worker"), turns: new Turns() });
  app = await store.apps.create("me", { id: "examples" });
});
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A different picture for each number. */
function picture(number: number): Promise<Buffer> {
  const rgb = [number & 255, number >> 8, 7];
  return sharp(Buffer.from(rgb), { raw: { width: 1, height: 1, channels: 3 } })
    .png()
    .toBuffer();
}

test(`keeps the newest ${EXAMPLES_MAX} of an app`, async () => {
  const add = async (number: number) => (await examples.add(app, await picture(number))).id;
  const first = await add(0);
  const second = await add(1);
  for (let number = 2; number < EXAMPLES_MAX; number++) await add(number);
  expect(await add(0)).toBe(first); // now the newest
  await add(EXAMPLES_MAX);
  await expect(examples.read(app, first)).resolves.toBeInstanceOf(Uint8Array);
  await expect(examples.read(app, second)).rejects.toMatchObject({
    code: "not_found",
    message: expect.stringContaining(second),
  });
  expect(await store.records.count(app, { kind: "example" })).toBe(EXAMPLES_MAX);
});

test("the same picture given twice at once is one example", async () => {
  const bytes = await picture(1000);
  const [one, other] = await Promise.all([examples.add(app, bytes), examples.add(app, bytes)]);
  expect(one).toEqual(other);
});

test("refuses what is no picture and keeps nothing of it", async () => {
  const before = await store.records.count(app, { kind: "example" });
  await expect(
    examples.add(
      app,
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    ),
  ).rejects.toMatchObject({
    code: "image_unsupported",
  });
  expect(await store.records.count(app, { kind: "example" })).toBe(before);
});
