import { afterAll, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/fixtures/engine.ts";
import { Store } from "../store.ts";

const store = Store.open(temporaryFolder());
afterAll(() => store.close());

/** An app with this many inputs, and their rows. */
async function open(id: string, count: number) {
  const app = await store.apps.create("me", { id });
  const ids = Array.from({ length: count }, (_, i) => `${i}`);
  await store.queue.add(
    app,
    ids.map((one) => ({ id: one, name: "", size_bytes: 1, status: "processed" })),
  );
  const inputs = await store.inputs(app, { offset: 0, limit: count });
  return { app, rows: inputs.map(({ row }) => row) };
}

test("whoever reads while groups are written sees all of them, old or new", async () => {
  const { app, rows } = await open("groups", 3000);
  const groups = [{ members: rows, similarities: rows.map(() => 1), winBytes: 1 }];
  await store.copies.writeGroups(app, groups);
  let isWritten = false;
  const writing = store.copies.writeGroups(app, groups).then(() => {
    isWritten = true;
  });
  const sizes = new Set<number>();
  while (!isWritten) sizes.add((await store.matches.leaders(app)).size);
  await writing;
  expect([...sizes]).toEqual([3000]);
});

test("pairs of an input are forgotten on both sides, but not those that are to be kept", async () => {
  const { app, rows } = await open("pairs", 4);
  const [a = 0, b = 0, c = 0, d = 0] = rows;
  const pairs = [
    { a, b, similarity: 0.9 },
    { a: b, b: c, similarity: 0.9 },
    { a: b, b: d, similarity: 0.9 },
    { a: c, b: d, similarity: 0.9 },
  ];
  await store.copies.add(app, pairs);
  await store.copies.keep(app, ["1", "3"], true);
  await store.copies.forget([b]);
  expect(await store.copies.pairs(app, 0)).toEqual([pairs[3]]);
  await store.copies.keep(app, ["1", "3"], false);
  expect(await store.copies.pairs(app, 0)).toEqual([pairs[2], pairs[3]]);
});
