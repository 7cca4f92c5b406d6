import { expect, test, vi } from "vitest";
import { ClientError } from "../../../src/client/client-error.ts";
import type { UploadedInput } from "../../../src/client/input.ts";
import { createUrlJobs } from "./url-jobs.ts";

const urls = (count: number) => Array.from({ length: count }, (_, i) => `https://a.example/${i}`);

function doors() {
  const job = { isCancelled: false, pending: 0, succeeded: 1, failed: 0, createdAt: new Date() };
  const page = { hits: [], total: 0, relevant: undefined };
  return {
    addUrls: vi.fn(async (_job: string, given: readonly { id: string; url: string }[]) =>
      given.map(({ id, url }): UploadedInput => ({ id, name: url, outcome: "added", reason: "" })),
    ),
    inputsJob: vi.fn(async (id: string) => ({ ...job, id })),
    cancelInputsJob: vi.fn(async (id: string) => ({ ...job, id })),
    search: vi.fn(async () => page),
    retryInputs: vi.fn(async () => 1),
  };
}

test("posts URLs in batches that the server takes, with ids of their own, and follows the job", async () => {
  const client = doors();
  const jobs = createUrlJobs(client, vi.fn(), vi.fn());
  jobs.add(urls(130), { labels: ["x"] });
  await vi.waitFor(() => expect(jobs.state()[0]?.kind).toBe("over"));
  expect(client.addUrls.mock.calls.map(([, given]) => given.length)).toEqual([128, 2]);
  const ids = client.addUrls.mock.calls.flatMap(([, given]) => given.map(({ id }) => id));
  expect(new Set(ids).size).toBe(130);
  expect(client.inputsJob).toHaveBeenCalledWith(jobs.state()[0]?.key);
});

test("goes on after a reload where it was", async () => {
  const client = doors();
  const first = createUrlJobs(doors(), vi.fn(), vi.fn());
  first.add(urls(130));
  await vi.waitFor(() => expect(first.state()[0]?.posted).toBe(130));
  const jobs = createUrlJobs(client, vi.fn(), vi.fn());
  jobs.restore([{ ...first.state()[0]!, kind: "posting", posted: 128 }]);
  await vi.waitFor(() => expect(jobs.state()[0]?.kind).toBe("over"));
  expect(client.addUrls.mock.calls.map(([, given]) => given.length)).toEqual([2]);
});

test("says which URLs were refused and why, and which are here already", async () => {
  const client = doors();
  client.addUrls.mockResolvedValue([
    { id: "", name: "https://a.example/0", outcome: "duplicate", reason: "Duplicate URL" },
    { id: "", name: "https://a.example/1", outcome: "failed", reason: "No such host" },
  ]);
  client.inputsJob.mockImplementation(async (id) => ({
    id,
    isCancelled: false,
    pending: 0,
    succeeded: 0,
    failed: 2,
    createdAt: new Date(),
  }));
  const jobs = createUrlJobs(client, vi.fn(), vi.fn());
  jobs.add(urls(2));
  await vi.waitFor(() => expect(jobs.state()[0]?.kind).toBe("over"));
  expect(jobs.state()[0]).toMatchObject({ added: 0, failed: 0, refused: { length: 2 } });
});

test("a job that cannot be posted says why, and can be tried again", async () => {
  const client = doors();
  client.addUrls.mockRejectedValueOnce(new ClientError(11101, "No such dataset", 404));
  const onError = vi.fn();
  const jobs = createUrlJobs(client, vi.fn(), onError);
  jobs.add(urls(1));
  await vi.waitFor(() =>
    expect(jobs.state()[0]).toMatchObject({ kind: "failed", reason: "No such dataset" }),
  );
  expect(onError).toHaveBeenCalledOnce();
  await jobs.retry(jobs.state()[0]!.key);
  await vi.waitFor(() => expect(jobs.state()[0]?.kind).toBe("over"));
});

test("cancelling between two batches posts no more", async () => {
  const client = doors();
  const jobs = createUrlJobs(client, vi.fn(), vi.fn());
  client.addUrls.mockImplementationOnce(async () => {
    await jobs.cancel(jobs.state()[0]!.key);
    return [];
  });
  jobs.add(urls(300));
  await vi.waitFor(() => expect(jobs.state()[0]?.kind).toBe("over"));
  expect(client.addUrls).toHaveBeenCalledOnce();
  expect(client.cancelInputsJob).toHaveBeenCalledOnce();
  expect(jobs.state()[0]?.isCancelled).toBe(true);
});
