// What was found, in a real database: counts as filters, what is due, and what outlives what.
import { afterAll, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/fixtures/engine.ts";
import { newSpace } from "../../../test/fixtures/spaces.ts";
import { AppError } from "../../errors.ts";
import type { App, Input } from "../engine.ts";
import { Store } from "../store.ts";
import type { Look, NewObject } from "./found-objects.ts";

const store = Store.open(temporaryFolder());
afterAll(() => store.close());
const app: App = await store.apps.create("me", { id: "objects" });
const other: App = await store.apps.create("me", { id: "other" });
const space = await newSpace(store, "one", 2);
let inputs = 0;

async function add(to = app): Promise<Input> {
  const id = `input-${inputs++}`;
  const [input] = await store.queue.add(to, [{ id, name: id, size_bytes: 1 }]);
  const about = { sha256: id, sizeBytes: 1, widthPx: 10, heightPx: 10, format: "png" };
  await store.queue.complete([{ ...about, input: input!, encoded: [] }]);
  return (await store.input(to, id)) as Input;
}

const object = (label: string, confidence = 0.9): NewObject => ({
  ...{ label, confidence, box: { left: 0, top: 0, right: 0.5, bottom: 1 } },
  vector: Float32Array.of(0.6, 0.8),
});

function look(input: Input, objects: readonly NewObject[], of = app): Look {
  return { input, app: of.row, detector: "d", space, objects, failure: null };
}

async function withCount(label: string, least: number, most?: number): Promise<readonly string[]> {
  const condition = { kind: "objects", label, least, ...(most !== undefined && { most }) } as const;
  const rows = await store.matches.inputRows(app, [{ anyOf: [condition] }], "oldest");
  return store.matches.ids(rows, "inputs");
}

const isDue = async (input: Input) =>
  (await store.objects.next(1000, "d")).some((one) => one.input.row === input.row);

test("counts objects of a label with a confidence of 0.5 or more", async () => {
  const [none, one, three] = [await add(), await add(), await add()];
  const unseen = await add();
  await store.objects.save([
    look(none, [object("dog", 0.4)]),
    look(one, [object("dog"), object("Person")]),
    look(three, [object("dog"), object("dog"), object("dog", 0.5), object("dog", 0.49)]),
    look(await add(other), [object("dog")], other),
  ]);
  const ids = (...some: readonly Input[]) => some.map(({ id }) => id);
  expect(await withCount("dogs", 1)).toEqual(ids(one, three));
  expect(await withCount("dog", 2)).toEqual(ids(three));
  expect(await withCount("dog", 3, 3)).toEqual(ids(three));
  expect(await withCount("dog", 4)).toEqual([]);
  expect(await withCount("dog", 1, 2)).toEqual(ids(one));
  expect(await withCount("dog", 0, 0)).toEqual(ids(none));
  expect(await withCount("dog", 0, 1)).toEqual(ids(none, one));
  expect(await withCount("dog", 0)).toEqual(ids(none, one, three));
  expect(await withCount("people", 1)).toEqual(ids(one));
  expect(await withCount("unicorn", 1)).toEqual([]);
  expect(await isDue(unseen)).toBe(true);
  expect(await isDue(one)).toBe(false);
});

test("what was found replaces what was before, and an input that changed meanwhile keeps it", async () => {
  const input = await add();
  await store.objects.save([look(input, [object("cat"), object("cat")])]);
  const { written, gone } = await store.objects.save([look(input, [object("cow")])]);
  expect(written).toHaveLength(1);
  expect(gone.get(app.row)).toHaveLength(2);
  const old = { ...input, modifiedAt: new Date(input.modifiedAt.getTime() - 1) };
  expect(await store.objects.save([look(old, [])])).toEqual({ written: [], gone: new Map() });
  expect((await store.objects.of([input])).get(input.row)).toMatchObject([{ label: "cow" }]);
});

test("what one detector found in one space is due for another one", async () => {
  const input = await add();
  await store.objects.save([look(input, [object("owl")])]);
  await store.objects.outdate("d", space);
  expect(await isDue(input)).toBe(false);
  const nextSpace = await newSpace(store, "two", 3);
  await store.objects.outdate("d", nextSpace);
  const due = await store.objects.next(1000, "d");
  expect(due.find((one) => one.input.row === input.row)?.known).toMatchObject([{ label: "owl" }]);
  const [anew] = await store.objects.next(1, "e");
  expect(anew?.known).toBeUndefined();
  expect(due.map((one) => one.input.row)).toEqual(
    due.map((one) => one.input.row).toSorted((a, b) => b - a),
  );
});

test("boxes outlive the vectors of a space that is deleted; those of an input that failed are not found", async () => {
  const [input, bad] = [await add(), await add()];
  const third = await newSpace(store, "three", 2);
  await store.objects.save([
    { ...look(input, [object("fox")]), space: third },
    look(bad, [object("fox")]),
  ]);
  await store.spaces.delete(third);
  expect(await withCount("fox", 1)).toEqual([input.id, bad.id]);
  expect(store.objects.rows(app.row, third)).toHaveLength(0);
  const found = async () => [...(await store.matches.inputObjects(app, [], space)).inputs];
  expect(await found()).toContain(bad.row);
  await store.queue.fail(bad, new AppError("file_unreadable", "gone"));
  expect(await found()).not.toContain(bad.row);
  expect(await withCount("fox", 1)).toEqual([input.id]);
});
