import { expect, test } from "vitest";
import type { Activity } from "../../../src/client/activities.ts";
import { toProgressText, toResultText, toShortProgress, toWorkText } from "./activity-text.ts";
import type { PacedActivity } from "./pace.ts";

const running: Activity = {
  id: "bulk-change-1",
  kind: "bulk-change",
  about: "beach",
  state: "running",
  done: 1200,
  total: 5000,
  failure: "",
  started_at: "2026-01-01T00:00:00Z",
};

test("says what it does, to what, and how it ended", () => {
  expect(toWorkText(running)).toBe("Changing inputs: beach");
  expect(toWorkText({ ...running, state: "done" })).toBe("Inputs changed: beach");
  expect(toWorkText({ ...running, about: "", state: "failed" })).toBe("Changing inputs failed");
  const samples = { ...running, kind: "bulk-delete", about: "sample-gallery" } as const;
  expect(toWorkText(samples)).toBe("Removing the sample gallery");
});

/** As it is after four seconds of 300 a second. */
function paced(change: Partial<PacedActivity> = {}, scale = 1): PacedActivity {
  const samples = [0, 1200].map((done, i) => ({ atMs: i * 4000, done: done * scale }));
  const amounts = { done: 1200 * scale, total: 5000 * scale };
  return { ...running, ...amounts, samples, ...change };
}

test("says how far it is, how fast and how long it will take", () => {
  expect(toProgressText(paced())).toBe("1,200 of 5,000 · 300/s · 13 s left");
  expect(toShortProgress(paced())).toBe("1,200 of 5,000 · 13 s left");
});

test("says it of downloads in bytes, also where nobody knows how many", () => {
  const download = paced({ kind: "encoder-download", about: "clip" }, 100_000);
  expect(toProgressText(download)).toBe("120 MB of 500 MB · 30 MB/s · 13 s left");
  expect(toProgressText({ ...download, total: 0 })).toBe("120 MB · 30 MB/s");
  expect(toWorkText(download)).toBe("Downloading model: clip");
});

test("calls the built-in model so", () => {
  const encoder = { ...running, kind: "encoder", about: "compact", state: "done" } as const;
  expect(toWorkText(encoder)).toBe("Model ready: built-in");
});

test("guesses nothing before anything is known, and knows when only the end is to be made", () => {
  expect(toProgressText(paced({ samples: [] }))).toBe("1,200 of 5,000");
  expect(toProgressText(paced({ done: 0, total: 0, samples: [] }))).toBe("Starting…");
  expect(toProgressText(paced({ done: 5000 }))).toBe("5,000 of 5,000 · finishing");
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
