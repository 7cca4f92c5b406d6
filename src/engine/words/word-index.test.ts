import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/fixtures/engine.ts";
import type { App } from "../engine.ts";
import { Store } from "../store.ts";

const store = Store.open(temporaryFolder());
let app: App;
let other: App;

beforeAll(async () => {
  app = await store.apps.create("me", { id: "mine" });
  other = await store.apps.create("me", { id: "theirs" });
});
afterAll(() => store.close());

async function add(to: App, id: string, name = "", metadata = {}): Promise<number> {
  const rows = [{ id, name, size_bytes: 1, metadata: JSON.stringify(metadata) }];
  const [input] = await store.queue.add(to, rows);
  return input!.row;
}

/** Ids with how much is written there. */
async function search(caption: string, of: App = app): Promise<Record<string, number>> {
  await store.words.catchUp(1000);
  const found = store.words.search(of, caption, 100);
  const inputs = await store.inputs(of, { offset: 0, limit: 2000 });
  return Object.fromEntries(
    inputs.flatMap(({ id, row }) => (found.has(row) ? [[id, found.get(row)!]] : [])),
  );
}

describe("words are found", () => {
  test("in names, labels, texts, metadata and what was read", async () => {
    await add(app, "name", "holiday/IMG_Zebra.jpg");
    await add(app, "metadata", "", { place: { city: "Zürich" }, tags: ["quokka"], n: 4711 });
    await add(app, "label");
    await store.annotations.patchInputs(
      app,
      [{ id: "label", labels: [{ id: "okapi", name: "okapi", value: 1 }] }],
      "merge",
    );
    await add(app, "text");
    const body = { data: { regions: [{ data: { text: { raw: "Exit only" } } }] } };
    await store.annotations.create(app, [{ inputId: "text", body }]);
    await store.readings.save([{ input: await add(app, "read"), lines: [line("KEEP CLEAR")] }], 1);
    expect(await search("a zebra")).toEqual({ name: 0.6 });
    expect(await search("quokkas")).toEqual({ metadata: 1 });
    expect(await search("4711")).toEqual({ metadata: 1 });
    expect(await search("zurich")).toEqual({ metadata: 1 });
    expect(await search("okapi")).toEqual({ label: 1 });
    expect(await search("exit")).toEqual({ text: 1 });
    expect(await search("keep clear")).toEqual({ read: 1 });
    expect((await search("zebra okapi")).name).toBeCloseTo(0.3, 6);
  });

  test("as they are first, then as beginnings, then spelt nearly so", async () => {
    await add(app, "exact", "", { is: "rest" });
    await add(app, "whole", "", { is: "restaurant" });
    expect(await search("rest")).toEqual({ exact: 1 });
    expect(await search("restau")).toEqual({ whole: 0.8 });
    const { whole } = await search("restuarant");
    expect(whole).toBeGreaterThan(0.35);
    expect(whole).toBeLessThan(0.7);
    expect(await search("4712")).toEqual({}); // another number
  });

  test("no more when they change or their input goes", async () => {
    await add(app, "changing", "axolotl");
    expect(await search("axolotl")).toEqual({ changing: 0.6 });
    await store.annotations.patchInputs(
      app,
      [{ id: "changing", metadata: { a: "tapir" } }],
      "merge",
    );
    expect(await search("tapir")).toEqual({ changing: 1 });
    await store.annotations.patchInputs(
      app,
      [{ id: "changing", metadata: { a: "lemur" } }],
      "overwrite",
    );
    expect(await search("tapir")).toEqual({});
    await store.deleteInputs(app, ["changing"]);
    expect(await search("axolotl")).toEqual({});
  });

  test("in the own app alone", async () => {
    await add(other, "theirs", "capybara");
    expect(await search("capybara")).toEqual({});
    expect(await search("capibara")).toEqual({}); // nor do they help with spelling
    expect(await search("capybara", other)).toEqual({ theirs: 0.6 });
  });

  test("unless they are everywhere", async () => {
    const rows = Array.from({ length: 1001 }, (_, i) => ({
      id: `c${i}`,
      name: "common",
      size_bytes: 1,
    }));
    await store.queue.add(other, rows);
    await add(other, "rare", "common wombat");
    await store.words.catchUp(2000);
    expect(await search("common", other)).toEqual({});
    expect(await search("common wombat", other)).toEqual({ rare: 0.6 });
  });
});

function line(text: string) {
  return { text, confidence: 1, corners: [], box: { left: 0, top: 0, right: 1, bottom: 1 } };
}
