import { expect, test } from "vitest";
import { aboutBulk, runBulk } from "./bulk.ts";

const ids = Array.from({ length: 450 }, (_, i) => `${i}`);

test("goes in steps, says how far it is, and counts what did not exist", async () => {
  const sizes: number[] = [];
  const reports: string[] = [];
  const result = await runBulk(
    ids,
    async (some) => {
      sizes.push(some.length);
      return some.length - 1;
    },
    (done, total) => void reports.push(`${done}/${total}`),
    new AbortController().signal,
  );
  expect(result).toEqual({ changed: 447, failed: 3 });
  expect(sizes).toEqual([200, 200, 50]);
  expect(reports).toEqual(["200/450", "400/450", "450/450"]);
});

test("stops between two steps, and lets others run there", async () => {
  const abort = new AbortController();
  let steps = 0;
  const running = runBulk(
    ids,
    async (some) => {
      steps++;
      setImmediate(() => abort.abort(new Error("enough")));
      return some.length;
    },
    () => undefined,
    abort.signal,
  );
  await expect(running).rejects.toThrow("enough");
  expect(steps).toBe(1);
});

test("says what it is about, at no great length", () => {
  const labels = { kind: "labels", add: ["dog"], addAbsent: ["cat"], remove: [] } as const;
  expect(aboutBulk(labels)).toBe("dog, cat");
  expect(aboutBulk({ kind: "delete" })).toBe("");
  const long = { kind: "metadata", set: { ["k".repeat(300)]: 1 }, remove: [] } as const;
  expect(aboutBulk(long)).toHaveLength(100);
});
