// Jobs with their progress, results and a way to stop them.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Activity } from "../../../src/client/activities.ts";
import { IconButton } from "../controls/icon-button.tsx";
import { ProgressBar } from "../controls/progress-bar.tsx";
import { Icon, type IconName } from "../icon.tsx";
import { activities as text } from "../messages/activities.ts";
import { usePortal } from "../portal.ts";
import { toAgeText, toDateText, toDurationText } from "../quantities.ts";
import classes from "./activity-list.module.css";
import { toProgressText, toResultText, toWorkText } from "./activity-text.ts";
import type { PacedActivity } from "./pace.ts";
import { ACTIVITIES_KEY } from "./use-activities.ts";

const ICONS = {
  running: "clock",
  done: "check",
  failed: "alert",
  cancelled: "close",
} satisfies Record<Activity["state"], IconName>;

export function ActivityList({ activities }: { readonly activities: readonly PacedActivity[] }) {
  if (activities.length === 0) return <p className={classes.none}>{text.none}</p>;
  return (
    <ul className={classes.list} aria-label={text.label}>
      {activities.map((activity) => (
        <li key={activity.id} data-state={activity.state} data-testid="activity">
          <ActivityRow activity={activity} />
        </li>
      ))}
    </ul>
  );
}

function ActivityRow({ activity }: { readonly activity: PacedActivity }) {
  const { client } = usePortal();
  const queryClient = useQueryClient();
  const work = toWorkText(activity);
  const isRunning = activity.state === "running";
  const { mutate, isPending } = useMutation({
    mutationFn: () => client.cancelActivity(activity.id),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ACTIVITIES_KEY }),
  });
  return (
    <>
      <Icon name={ICONS[activity.state]} sizePx={18} />
      <div className={classes.words}>
        <div className={classes.work} title={work} dir="auto">
          {work}
        </div>
        {isRunning ? <Running activity={activity} work={work} /> : <Ended activity={activity} />}
      </div>
      {isRunning && (
        <IconButton
          icon="close"
          label={text.cancel(work)}
          sizePx={16}
          disabled={isPending}
          onClick={() => mutate()}
        />
      )}
    </>
  );
}

type RunningProps = { readonly activity: PacedActivity; readonly work: string };

function Running({ activity, work }: RunningProps) {
  const { done, total } = activity;
  return (
    <>
      <ProgressBar className={classes.bar} label={work} done={done} total={total} />
      <div className={classes.detail}>{toProgressText(activity)}</div>
    </>
  );
}

function Ended({ activity }: { readonly activity: Activity }) {
  const ended = new Date(activity.ended_at ?? activity.started_at);
  const seconds = (ended.getTime() - Date.parse(activity.started_at)) / 1000;
  const result = toResultText(activity);
  return (
    <>
      {result && (
        <div className={classes.detail} data-bad={activity.state === "failed" || undefined}>
          {result}
        </div>
      )}
      <div className={classes.detail}>
        <time dateTime={ended.toISOString()} title={toDateText(ended)}>
          {toAgeText(ended, Date.now())}
        </time>
        {seconds >= 1 && `, ${text.took(toDurationText(seconds))}`}
      </div>
    </>
  );
}
