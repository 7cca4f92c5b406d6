import { expect, test } from "vitest";
import type { Activity } from "../../../src/client/activities.ts";
import { type PacedActivity, perSecond, secondsLeft, withPace } from "./pace.ts";

const running: Activity = {
  id: "encoder-download-1",
  kind: "encoder-download",
  about: "clip",
  state: "running",
  done: 0,
  total: 1000,
  failure: "",
  started_at: "2026-01-01T00:00:00Z",
};

/** Heard of once a second, from 0 s on. */
function paced(amounts: readonly number[]): PacedActivity {
  const last = amounts.reduce<readonly PacedActivity[]>(
    (before, done, second) => withPace([{ ...running, done }], before, second * 1000),
    [],
  );
  return last[0]!;
}

test("guesses nothing in the first two seconds", () => {
  expect(perSecond(paced([0, 10]))).toBe(0);
  expect(secondsLeft(paced([0, 10]))).toBeUndefined();
  expect(perSecond(paced([0, 10, 20]))).toBe(10);
});

test("goes by the last ten seconds, not by what was there at the start", () => {
  const resumed = [600, ...Array.from({ length: 20 }, (_, second) => 600 + second * 10)];
  expect(perSecond(paced(resumed))).toBe(10);
  const slower = [0, 300, 600, ...Array.from({ length: 12 }, (_, second) => 600 + second)];
  expect(perSecond(paced(slower))).toBe(1);
});

test("knows how long it will take, unless it stands still or is done", () => {
  expect(secondsLeft(paced([0, 100, 200]))).toBe(8);
  expect(secondsLeft(paced([5, 5, 5]))).toBeUndefined();
  expect(secondsLeft(paced([0, 500, 1000]))).toBeUndefined();
});
