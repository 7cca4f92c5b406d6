import { afterAll, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/fixtures/engine.ts";
import { Store } from "../store.ts";

const store = Store.open(temporaryFolder());
afterAll(() => store.close());

/** An app with this many inputs on a grid of 100 columns, one degree apart. */
async function open(count: number) {
  const app = await store.apps.create("me", { id: `places-${count}` });
  const inputs = Array.from({ length: count }, (_, i) => ({
    id: `${i}`,
    name: "",
    size_bytes: 1,
    status: "processed",
    latitude: Math.floor(i / 100) - 50,
    longitude: (i % 100) - 50,
  }));
  await store.queue.add(app, inputs);
  return app;
}

test("up to 5,000 inputs are a point each, newest first", async () => {
  const { places, total } = await store.places(await open(5000), []);
  expect([places.length, total]).toEqual([5000, 5000]);
  expect(places[0]).toEqual({ latitude: -1, longitude: 49, count: 1, inputId: "4999" });
});

test("more are counted in squares, around the middle of those in it", async () => {
  const { places, total } = await store.places(await open(5001), []);
  expect(total).toBe(5001);
  expect(places.length).toBeLessThanOrEqual(5000);
  expect(places.reduce((sum, { count }) => sum + count, 0)).toBe(5001);
  const first = places.find(({ inputId }) => inputId === "1");
  // The first square is 99/70 degrees wide: two columns of the first line.
  expect(first).toEqual({ latitude: -50, longitude: -49.5, count: 2, inputId: "1" });
});

test("all at one spot are one point", async () => {
  const app = await store.apps.create("me", { id: "spot" });
  const one = { name: "", size_bytes: 1, status: "processed", latitude: 1, longitude: 2 };
  await store.queue.add(
    app,
    Array.from({ length: 5001 }, (_, i) => ({ ...one, id: `${i}` })),
  );
  expect((await store.places(app, [])).places).toEqual([
    { latitude: 1, longitude: 2, count: 5001, inputId: "5000" },
  ]);
});
