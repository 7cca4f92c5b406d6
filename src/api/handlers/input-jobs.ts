// Jobs of posted inputs: get, list, cancel. Clients poll them until nothing is pending.
import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { InputsAddJobSchema } from "#proto/api/resources_pb";
import { StatusCode } from "#proto/api/status/status_code_pb";
import type { Engine } from "../../engine/engine.ts";
import { noSuchId } from "../../engine/library/ids.ts";
import type { Job } from "../../engine/library/jobs.ts";
import { OK, type Status } from "../status.ts";
import { resolveApp } from "./app.ts";
import type { Handlers } from "./handlers.ts";
import { toWindow } from "./pagination.ts";

export function inputJobHandlers(engine: Engine): Handlers {
  return {
    async getInputsAddJob(request) {
      const app = await resolveApp(engine, request.userAppId);
      const job = await engine.jobs.get(app, request.id);
      if (job === undefined) throw noSuchId(request.id, "an input job");
      return { status: OK, inputsAddJob: toInputsAddJob(job) };
    },

    async listInputsAddJobs(request) {
      const app = await resolveApp(engine, request.userAppId);
      const jobs = await engine.jobs.list(app, toWindow(request));
      return { status: OK, inputsAddJobs: jobs.map(toInputsAddJob) };
    },

    async cancelInputsAddJob(request) {
      const app = await resolveApp(engine, request.userAppId);
      const job = await engine.jobs.cancel(app, request.id);
      return { status: OK, inputsAddJob: toInputsAddJob(job) };
    },
  };
}

/** Its progress is always there: the SDKs wait for it. */
export function toInputsAddJob(job: Job): MessageInitShape<typeof InputsAddJobSchema> {
  const { pending, processed, failed, duplicate } = job.counts;
  return {
    id: job.id,
    status: toJobStatus(job),
    progress: {
      pendingCount: BigInt(pending),
      inProgressCount: 0n,
      successCount: BigInt(processed),
      failedCount: BigInt(failed + duplicate),
    },
    createdAt: timestampFromDate(job.createdAt),
    modifiedAt: timestampFromDate(job.modifiedAt),
  };
}

function toJobStatus({ counts, isCancelled }: Job): Status {
  const { pending, processed, failed, duplicate } = counts;
  const done = processed + failed + duplicate;
  if (pending > 0) {
    return done > 0
      ? { code: StatusCode.JOB_RUNNING, description: "Job is running" }
      : { code: StatusCode.JOB_QUEUED, description: "Job is queued to be run" };
  }
  if (isCancelled) return { code: StatusCode.JOB_CANCELLED, description: "Job was cancelled" };
  return done > 0 && processed === 0
    ? { code: StatusCode.JOB_FAILED, description: "Job failed" }
    : { code: StatusCode.JOB_COMPLETED, description: "Job completed successfully" };
}
