import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ClientError } from "../../../src/client/client-error.ts";
import { createDeletions } from "./deletions.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function create(deleteInputs = vi.fn().mockResolvedValue(undefined)) {
  const refresh = vi.fn().mockResolvedValue(undefined);
  const onError = vi.fn();
  return { deletions: createDeletions({ deleteInputs, refresh, onError }), deleteInputs, onError };
}

test("hides inputs at once and deletes them after ten seconds", async () => {
  const { deletions, deleteInputs } = create();
  deletions.request(["a", "b"]);
  expect([...deletions.state().hidden]).toEqual(["a", "b"]);
  await vi.advanceTimersByTimeAsync(9_999);
  expect(deleteInputs).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(deleteInputs).toHaveBeenCalledWith(["a", "b"], { keepalive: true });
  expect(deletions.state()).toMatchObject({ hidden: new Set(), undoable: [] });
});

test("brings back what was undone and deletes the rest", async () => {
  const { deletions, deleteInputs } = create();
  deletions.request(["a", "b"]);
  deletions.undo(["a"]);
  expect(deletions.state()).toMatchObject({ hidden: new Set(["b"]), undoable: ["b"] });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(deleteInputs).toHaveBeenCalledWith(["b"], { keepalive: true });
});

test("deletes nothing when all was undone", async () => {
  const { deletions, deleteInputs } = create();
  deletions.request(["a"]);
  deletions.undo(["a"]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(deleteInputs).not.toHaveBeenCalled();
});

test("does not wait when the page goes away", async () => {
  const { deletions, deleteInputs } = create();
  deletions.request(["a"]);
  deletions.request(["b"]);
  deletions.close();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(deleteInputs.mock.calls.map(([ids]) => ids)).toEqual([["a"], ["b"]]);
});

test("shows inputs again that could not be deleted, and why", async () => {
  const error = new ClientError(99009, "The disk is full.", 507);
  const { deletions, onError } = create(vi.fn().mockRejectedValue(error));
  deletions.request(["a"]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(deletions.state()).toMatchObject({ hidden: new Set(), failure: "The disk is full." });
  expect(onError).toHaveBeenCalledWith(error);
});

const SWEEP = { search: "?concept=dog", excluded: new Set(["a"]), count: 12_431 };

test("deletes all results of a search after ten seconds, and hides them until it is done", async () => {
  const { deletions } = create();
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = vi.fn(() => ended);
  deletions.requestSweep(SWEEP, run);
  expect(deletions.state()).toMatchObject({ sweep: SWEEP, undoableSweep: 12_431 });
  await vi.advanceTimersByTimeAsync(9_999);
  expect(run).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(run).toHaveBeenCalledOnce();
  expect(deletions.state()).toMatchObject({ sweep: SWEEP, undoableSweep: 0 });
  end();
  await vi.advanceTimersByTimeAsync(0);
  expect(deletions.state().sweep).toBeUndefined();
});

test("brings back all results of a search", async () => {
  const { deletions } = create();
  const run = vi.fn();
  deletions.requestSweep(SWEEP, run);
  deletions.undoSweep();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(run).not.toHaveBeenCalled();
  expect(deletions.state()).toMatchObject({ sweep: undefined, undoableSweep: 0 });
});

test("says why all results of a search could not be deleted", async () => {
  const { deletions } = create();
  const error = new ClientError(99009, "The disk is full.", 507);
  deletions.requestSweep(SWEEP, () => Promise.reject(error));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(deletions.state()).toMatchObject({ sweep: undefined, failure: "The disk is full." });
});
