// What the server has done lately and still does: activities, and lists of URLs.
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { InputsJob } from "../../../src/client/input-jobs.ts";
import { ActivityList } from "../activities/activity-list.tsx";
import { useActivities } from "../activities/use-activities.ts";
import { settings as text } from "../messages/settings.ts";
import { usePortal } from "../portal.ts";
import { toDateText } from "../quantities.ts";
import jobs from "./jobs-section.module.css";
import { Problem } from "./problem.tsx";
import classes from "./section.module.css";

const INPUTS_JOBS_KEY = ["inputs-jobs"];
const BUSY_MS = 1000;

export function JobsSection() {
  const activities = useActivities();
  const { client } = usePortal();
  const urls = useQuery({
    queryKey: INPUTS_JOBS_KEY,
    queryFn: ({ signal }) => client.inputsJobs({ signal }),
    refetchInterval: ({ state }) =>
      state.data?.some(({ pending }) => pending > 0) ? BUSY_MS : false,
  });
  return (
    <div className={classes.stack}>
      <Problem error={activities.error} onRetry={activities.refetch} />
      <div className={jobs.list}>
        {activities.data && <ActivityList activities={activities.data} />}
      </div>
      <h3 className={jobs.title}>{text.urlJobs}</h3>
      <Problem error={urls.error} onRetry={urls.refetch} />
      {urls.data?.length === 0 && <p className={classes.dim}>{text.urlJobsNone}</p>}
      {urls.data && urls.data.length > 0 && (
        <ul className={jobs.urls}>
          {urls.data.map((job) => (
            <UrlJobRow key={job.id} job={job} />
          ))}
        </ul>
      )}
    </div>
  );
}

function UrlJobRow({ job }: { readonly job: InputsJob }) {
  const { client } = usePortal();
  const queryClient = useQueryClient();
  const { pending, succeeded, failed, createdAt } = job;
  const { mutate, isPending } = useMutation({
    mutationFn: () => client.cancelInputsJob(job.id),
    onSettled: () => queryClient.invalidateQueries({ queryKey: INPUTS_JOBS_KEY }),
  });
  return (
    <li>
      <span>
        <strong>{text.urlJob(pending + succeeded + failed)}</strong>
        <small>
          {text.urlJobCounts(succeeded, pending, failed)}, {toDateText(createdAt)}
        </small>
      </span>
      {pending > 0 && (
        <Button size="xs" variant="default" disabled={isPending} onClick={() => mutate()}>
          {text.cancelJob}
        </Button>
      )}
    </li>
  );
}
