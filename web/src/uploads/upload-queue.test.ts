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
  expect(queue.state()).toMatchObject({ retryable: 0, uploads: [{ reason: "Not an image" }] });
});

test("says so when an image that was taken cannot be indexed", async () => {
  const queue = createUploadQueue(async () => [ADDED], vi.fn(), vi.fn());
  queue.add(picked("a.jpg"));
  await vi.waitFor(() => expect(queue.state().sent).toBe(1));
  queue.reject(new Map([[ADDED.id, "Damaged"]]));
  await vi.waitFor(() => expect(queue.state().uploads).toMatchObject([{ reason: "Damaged" }]));
});

test("sends again what broke on the way", async () => {
  const send = vi
    .fn()
    .mockRejectedValueOnce(ClientError.unreachable("/"))
    .mockResolvedValue([ADDED]);
  const onError = vi.fn();
  const queue = createUploadQueue(send, vi.fn(), onError);
  queue.add(picked("a.jpg"));
  await vi.waitFor(() => expect(queue.state()).toMatchObject({ failed: 1, retryable: 1 }));
  queue.retryFailed();
  await vi.waitFor(() => expect(queue.state()).toMatchObject({ failed: 0, sent: 1 }));
  expect(onError).toHaveBeenCalledOnce();
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
  queue.remove(0);
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
