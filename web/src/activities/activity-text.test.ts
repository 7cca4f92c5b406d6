import { expect, test } from "vitest";
import type { Activity } from "../../../src/client/activities.ts";
import { toProgressText, toResultText, toShortProgress, toWorkText } from "./activity-text.ts";

const STARTED = Date.parse("2026-01-01T00:00:00Z");
const running: Activity = {
  id: "bulk-change-1",
  kind: "bulk-change",
  about: "beach",
  state: "running",
  done: 1200,
  total: 5000,
  failure: "",
  started_at: new Date(STARTED).toISOString(),
};

test("says what it does, to what, and how it ended", () => {
  expect(toWorkText(running)).toBe("Changing inputs: beach");
  expect(toWorkText({ ...running, state: "done" })).toBe("Inputs changed: beach");
  expect(toWorkText({ ...running, about: "", state: "failed" })).toBe("Changing inputs failed");
  const samples = { ...running, kind: "bulk-delete", about: "sample-gallery" } as const;
  expect(toWorkText(samples)).toBe("Removing the sample gallery");
});

test("says how far it is, how fast and how long it will take", () => {
  expect(toProgressText(running, STARTED + 4000)).toBe("1,200 of 5,000 · 300/s · 13 s left");
  expect(toShortProgress(running, STARTED + 4000)).toBe("1,200 of 5,000 · 13 s left");
});

test("guesses nothing in the first two seconds or before the total is known", () => {
  expect(toProgressText(running, STARTED + 1000)).toBe("1,200 of 5,000");
  expect(toProgressText({ ...running, total: 0 }, STARTED + 9000)).toBe("Starting…");
});

test("says what came of it", () => {
  const done = { ...running, state: "done" } as const;
  expect(toResultText({ ...done, result: { changed: 5000, failed: 2 } })).toBe(
    "5,000 changed, 2 were gone",
  );
  expect(toResultText({ ...done, kind: "reindex", result: { renewed: 3, kept: 0 } })).toBe(
    "3 renewed",
  );
  expect(toResultText({ ...running, state: "failed", failure: "No space" })).toBe("No space");
  expect(toResultText({ ...done, result: null })).toBe("");
});
