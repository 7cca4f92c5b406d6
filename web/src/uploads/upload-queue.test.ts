import { expect, test, vi } from "vitest";
import { ClientError } from "../../../src/client/client-error.ts";
import type { UploadedInput } from "../../../src/client/input.ts";
import { createUploadQueue } from "./upload-queue.ts";

const ADDED: UploadedInput = { id: "1", name: "a.jpg", outcome: "added", reason: "" };
const REFUSED: UploadedInput = { id: "", name: "b.txt", outcome: "failed", reason: "Not an image" };

function picked(...names: string[]) {
  const files = names.map((name) => ({ name, file: new File(["12345"], name) }));
  return { files, skipped: 0 };
}

test("sends at most three files at a time", async () => {
  const finish: (() => void)[] = [];
  const send = () => new Promise<UploadedInput[]>((resolve) => finish.push(() => resolve([ADDED])));
  const queue = createUploadQueue(send, vi.fn(), vi.fn());
  queue.add(picked("1", "2", "3", "4", "5"));
  await vi.waitFor(() => expect(queue.state()).toMatchObject({ sending: 3, queued: 2 }));
  finish[0]?.();
  await vi.waitFor(() => expect(queue.state()).toMatchObject({ sending: 3, queued: 1, sent: 1 }));
});

test("says why a file was refused, and does not offer it again", async () => {
  const queue = createUploadQueue(async () => [REFUSED], vi.fn(), vi.fn());
  queue.add(picked("b.txt"));
  await vi.waitFor(() => expect(queue.state().failed).toBe(1));
  expect(queue.state()).toMatchObject({ retryable: 0, over: [{ reason: "Not an image" }] });
});

test("says so when an image that was taken cannot be indexed", async () => {
  const queue = createUploadQueue(async () => [ADDED], vi.fn(), vi.fn());
  queue.add(picked("a.jpg"));
  await vi.waitFor(() => expect(queue.state().sent).toBe(1));
  queue.reject(new Map([[ADDED.id, "Damaged"]]));
  await vi.waitFor(() => expect(queue.state().over).toMatchObject([{ reason: "Damaged" }]));
});

test("waits while the server is away, and then goes on", async () => {
  const send = vi
    .fn()
    .mockRejectedValueOnce(ClientError.unreachable("/"))
    .mockResolvedValue([ADDED]);
  const onError = vi.fn();
  const queue = createUploadQueue(send, vi.fn(), onError);
  queue.add(picked("a.jpg"));
  await vi.waitFor(() => expect(queue.state()).toMatchObject({ pause: "away", queued: 1 }));
  queue.resume();
  await vi.waitFor(() => expect(queue.state()).toMatchObject({ queued: 0, failed: 0, sent: 1 }));
  expect(queue.state().pause).toBeUndefined();
  expect(onError).toHaveBeenCalledOnce();
});

test("a file that breaks every connection fails after five attempts, and can be tried again", async () => {
  const send = vi.fn().mockRejectedValue(ClientError.unreachable("/"));
  const queue = createUploadQueue(send, vi.fn(), vi.fn());
  queue.add(picked("a.jpg"));
  await vi.waitFor(() => {
    queue.resume();
    expect(queue.state()).toMatchObject({ failed: 1, retryable: 1 });
  });
  expect(send).toHaveBeenCalledTimes(5);
  send.mockResolvedValue([ADDED]);
  queue.retryFailed();
  await vi.waitFor(() => expect(queue.state()).toMatchObject({ failed: 0, sent: 1 }));
});

test("retries the one file that was asked for", async () => {
  const broken = new ClientError(0, "Out of order", 500);
  const send = vi.fn().mockRejectedValueOnce(broken).mockRejectedValueOnce(broken);
  send.mockResolvedValue([ADDED]);
  const queue = createUploadQueue(send, vi.fn(), vi.fn());
  queue.add(picked("a.jpg", "b.jpg"));
  await vi.waitFor(() => expect(queue.state().retryable).toBe(2));
  queue.retry(queue.state().over[0]!.key);
  await vi.waitFor(() => expect(queue.state()).toMatchObject({ failed: 1, sent: 1 }));
});

test("counts what was added since it was last empty", async () => {
  const queue = createUploadQueue(async () => [ADDED], vi.fn(), vi.fn());
  queue.add(picked("a", "b", "c"));
  await vi.waitFor(() => expect(queue.state()).toMatchObject({ batchDone: 3, batchSize: 3 }));
  queue.add(picked("d"));
  await vi.waitFor(() => expect(queue.state()).toMatchObject({ sent: 4, batchSize: 1 }));
});

test("gives files the settings that are offered, and tells who offered them", async () => {
  const send = vi.fn().mockResolvedValue([ADDED]);
  const queue = createUploadQueue(send, vi.fn(), vi.fn());
  const onTaken = vi.fn();
  queue.offer({ settings: { labels: ["beach"] }, onTaken });
  queue.add(picked("a"));
  queue.offer(undefined);
  queue.add(picked("b"));
  await vi.waitFor(() => expect(queue.state().sent).toBe(2));
  expect(send.mock.calls.map(([given]) => given.settings)).toEqual([{ labels: ["beach"] }, {}]);
  expect(onTaken).toHaveBeenCalledOnce();
});

test("goes on with what an earlier visit left, and finds lost files by name and size", async () => {
  const send = vi.fn().mockResolvedValue([ADDED]);
  const queue = createUploadQueue(send, vi.fn(), vi.fn());
  const known = { sizeBytes: 5, file: undefined, settings: { labels: ["x"] }, batch: 7 };
  queue.restore([
    { ...known, key: "1", name: "over.jpg", kind: "sent", inputs: [ADDED] },
    { ...known, key: "2", name: "kept.jpg", kind: "queued", file: new File(["12345"], "") },
    { ...known, key: "3", name: "folder/lost.jpg", kind: "queued" },
  ]);
  await vi.waitFor(() => expect(queue.state()).toMatchObject({ sent: 2, lost: 1 }));
  expect(queue.findLost(picked("folder/other.jpg").files)).toBe(0);
  expect(queue.findLost(picked("folder/lost.jpg", "folder/other.jpg").files)).toBe(1);
  await vi.waitFor(() => expect(queue.state()).toMatchObject({ sent: 3, lost: 0 }));
  expect(send.mock.calls.map(([given]) => given.settings)).toEqual([
    { labels: ["x"] },
    { labels: ["x"] },
  ]);
});

test("knows which files would be lost with the page", async () => {
  const kept = new Set<string>();
  const keeper = { keep() {}, forget() {}, isKept: (key: string) => kept.has(key) };
  const queue = createUploadQueue(() => new Promise(() => {}), vi.fn(), vi.fn(), keeper);
  queue.add(picked("a", "b"));
  await vi.waitFor(() => expect(queue.state().atRisk).toBe(2));
  for (const { key } of queue.state().active) kept.add(key);
  queue.changed();
  await vi.waitFor(() => expect(queue.state().atRisk).toBe(0));
});

test("a cancelled file leaves room for the next", async () => {
  const send = vi.fn((_file, _onProgress, signal: AbortSignal) =>
    send.mock.calls.length > 3
      ? Promise.resolve([ADDED])
      : new Promise<UploadedInput[]>((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason));
        }),
  );
  const queue = createUploadQueue(send, vi.fn(), vi.fn());
  queue.add(picked("1", "2", "3", "4"));
  await vi.waitFor(() => expect(queue.state().sending).toBe(3));
  queue.remove(queue.state().active[0]!.key);
  await vi.waitFor(() => expect(queue.state()).toMatchObject({ sending: 2, queued: 0, sent: 1 }));
});

test("sums progress over all files", async () => {
  const queue = createUploadQueue(
    (_file, onProgress) => {
      onProgress(3);
      return new Promise(() => {});
    },
    vi.fn(),
    vi.fn(),
  );
  queue.add(picked("1", "2"));
  await vi.waitFor(() => expect(queue.state()).toMatchObject({ sentBytes: 6, totalBytes: 10 }));
});
