import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { AppError } from "../errors.ts";
import { Activities } from "./activities.ts";
import type { App } from "./engine.ts";

const APP: App = { row: 1, userId: "me", id: "photos", baseWorkflow: "Universal" };
const OTHER: App = { ...APP, row: 2, id: "other" };

/** Works until it is stopped. */
const endless = (_: unknown, signal: AbortSignal) =>
  setTimeout(60_000, undefined, { signal, ref: false });

test("tells how far work is, and what it found", async () => {
  const activities = new Activities();
  const { id } = activities.start(APP, "map", "12 pictures", async (report) => {
    report(3, 12);
    expect(activities.list(APP)).toMatchObject([{ state: "running", done: 3, total: 12 }]);
    return { clusters: 4 };
  });
  expect(activities.running(APP, "map")?.id).toBe(id);
  expect(await activities.ended(APP, id)).toMatchObject({
    about: "12 pictures",
    state: "done",
    result: { clusters: 4 },
  });
  expect(activities.running(APP, "map")).toBeUndefined();
  expect(activities.list(APP)[0]?.endedAt).toBeInstanceOf(Date);
});

test("says why work failed", async () => {
  const activities = new Activities();
  const { id } = activities.start(APP, "map", "", async () => {
    throw new AppError("invalid_request", "Expected 10 pictures but received 9.");
  });
  const ended = await activities.ended(APP, id);
  expect(ended).toMatchObject({ state: "failed", failure: "Expected 10 pictures but received 9." });
});

test("keeps what our own faults say for the log", async () => {
  const told: AppError[] = [];
  const activities = new Activities((error) => told.push(error));
  const { id } = activities.start(APP, "map", "", async () => {
    throw new Error("ENOENT: no such file, open '/data/secret'");
  });
  const ended = await activities.ended(APP, id);
  expect(ended).toMatchObject({ state: "failed" });
  expect(ended.failure).toBe("Something failed in the server; its log says what.");
  expect(told.map(({ message }) => message)).toEqual(["ENOENT: no such file, open '/data/secret'"]);
});

test("stops work, and waits until it has stopped", async () => {
  const activities = new Activities();
  const { id } = activities.start(APP, "map", "", endless);
  expect(await activities.cancel(APP, id)).toMatchObject({ state: "cancelled", failure: "" });
});

test("keeps the work of one app from another", async () => {
  const activities = new Activities();
  const { id } = activities.start(APP, "map", "", endless);
  expect(activities.list(OTHER)).toEqual([]);
  await expect(activities.cancel(OTHER, id)).rejects.toMatchObject({ code: "not_found" });
  await activities.cancelAll(OTHER);
  expect(activities.running(APP, "map")?.id).toBe(id);
  await activities.cancelAll(APP);
  expect(activities.running(APP, "map")).toBeUndefined();
});

test("remembers the newest hundred that ended", async () => {
  const activities = new Activities();
  for (let i = 0; i < 120; i++) {
    const { id } = activities.start(APP, "map", `${i}`, async () => undefined);
    await activities.ended(APP, id);
  }
  const listed = activities.list(APP);
  expect(listed.length).toBeLessThanOrEqual(101);
  expect(listed[0]?.about).toBe("119");
});

test("stops everything when it closes", async () => {
  const activities = new Activities();
  activities.start(APP, "map", "", endless);
  activities.start(OTHER, "map", "", endless);
  await activities.close();
  expect([...activities.list(APP), ...activities.list(OTHER)].map(({ state }) => state)).toEqual([
    "cancelled",
    "cancelled",
  ]);
});
