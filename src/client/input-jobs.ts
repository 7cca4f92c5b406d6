// Inputs by URL, which the server fetches itself, and the jobs that count how far it is.
import {
  type CallOptions,
  type Connection,
  call,
  send,
  toClientError,
  v2Path,
} from "./connection.ts";
import { toUploadedInputs, type UploadedInput } from "./input.ts";
import type { UploadSettings } from "./inputs.ts";
import type { WireInput, WireStatus } from "./wire.ts";

/** Inputs in one request. */
export const URLS_PER_REQUEST = 128;

/** `id`: of the input that it becomes, a new one; a request that is repeated adds nothing twice. */
export type UrlInput = { readonly id: string; readonly url: string };

export type UrlSettings = UploadSettings & { readonly allowDuplicateUrls?: boolean };

export type InputsJob = {
  readonly id: string;
  readonly isCancelled: boolean;
  readonly pending: number;
  readonly succeeded: number;
  /** Those that were refused, too. */
  readonly failed: number;
  readonly createdAt: Date;
};

/** Counts are 64-bit: strings in JSON. */
type WireJob = {
  readonly id: string;
  readonly status?: WireStatus;
  readonly created_at: string;
  readonly progress?: {
    readonly pending_count?: string | number;
    readonly success_count?: string | number;
    readonly failed_count?: string | number;
  };
};
type PostReply = { readonly inputs?: readonly WireInput[]; readonly status?: WireStatus };
type JobReply = { readonly inputs_add_job: WireJob };

/** Clarifai's JOB_CANCELLED. */
const CANCELLED = 64_004;
/** Clarifai's RESOURCE_ALREADY_EXISTS_ERROR, or what stands for it. */
const ID_EXISTS = 40_010;

export function inputJobCalls(connection: Connection) {
  const pathOf = (job: string) => v2Path(connection, `inputs/jobs/add/${encodeURIComponent(job)}`);
  return {
    /** Adds images by URL (at most URLS_PER_REQUEST) and counts them under a job; one result each. */
    async addUrls(
      job: string,
      urls: readonly UrlInput[],
      settings: UrlSettings = {},
      options?: CallOptions,
    ): Promise<readonly UploadedInput[]> {
      const inputs = urls.map((one) => toNewInput(one, settings));
      const init = {
        method: "POST",
        body: JSON.stringify({ inputs, inputs_add_job_id: job }),
        headers: { "content-type": "application/json" },
      };
      const response = await send(connection, v2Path(connection, "inputs"), init, options);
      return toUploadedInputs({
        inputs: (await toTaken(response)).map(({ id, status }, i) => ({
          id,
          name: urls[i]?.url ?? "",
          // Its id is there: this very request came before, and its answer was lost.
          ...(status && status.code !== ID_EXISTS && { status }),
        })),
      });
    },

    /** Newest first, at most 100. */
    async inputsJobs(options?: CallOptions): Promise<readonly InputsJob[]> {
      const path = `${v2Path(connection, "inputs/jobs/add")}?page=1&per_page=100`;
      type Reply = { readonly inputs_add_jobs?: readonly WireJob[] };
      const reply = await call<Reply>(connection, "GET", path, undefined, options);
      return (reply.inputs_add_jobs ?? []).map(toJob);
    },

    async inputsJob(id: string, options?: CallOptions): Promise<InputsJob> {
      const reply = await call<JobReply>(connection, "GET", pathOf(id), undefined, options);
      return toJob(reply.inputs_add_job);
    },

    /** What is still to be fetched ends as failed. */
    async cancelInputsJob(id: string): Promise<InputsJob> {
      return toJob((await call<JobReply>(connection, "PATCH", pathOf(id), {})).inputs_add_job);
    },
  };
}

// An answer that says that all were refused is an error, yet each of them says why.
async function toTaken(response: Response): Promise<readonly WireInput[]> {
  const reply = (await response.json().catch(() => ({}))) as PostReply;
  if (!response.ok && !reply.inputs?.length) throw toClientError(response.status, reply);
  return reply.inputs ?? [];
}

function toNewInput({ id, url }: UrlInput, settings: UrlSettings) {
  const { labels = [], datasets = [], metadata, allowDuplicateUrls = false } = settings;
  return {
    id,
    dataset_ids: datasets,
    data: {
      image: { url, allow_duplicate_url: allowDuplicateUrls },
      concepts: labels.map((name) => ({ name, value: 1 })),
      ...(metadata && { metadata }),
    },
  };
}

function toJob({ id, status, created_at, progress = {} }: WireJob): InputsJob {
  return {
    id,
    isCancelled: status?.code === CANCELLED,
    pending: Number(progress.pending_count ?? 0),
    succeeded: Number(progress.success_count ?? 0),
    failed: Number(progress.failed_count ?? 0),
    createdAt: new Date(created_at),
  };
}
