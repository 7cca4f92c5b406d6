// A list of URLs in the tray: how many the server has fetched, and what became of them.

import { IconButton } from "../controls/icon-button.tsx";
import { ProgressBar } from "../controls/progress-bar.tsx";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import classes from "./upload-tray.module.css";
import { doneOf, duplicatesOf, failuresOf, isUnderWay, type UrlJob } from "./url-job.ts";
import { hostOf } from "./url-list.ts";

const text = messages.uploads;

export function UrlJobRow({ job }: { readonly job: UrlJob }) {
  const { urlJobs } = usePortal();
  const host = hostOf(job.urls.map(({ url }) => url));
  const name = text.urlJob(job.urls.length, host);
  const isRunning = isUnderWay(job);
  const isBad = job.kind === "failed" || (!isRunning && failuresOf(job).length > 0);
  const isRetryable = !isRunning && (job.kind === "failed" || job.failures.length > 0);
  return (
    <div
      className={classes.row}
      data-kind={isBad ? "failed" : isRunning ? "sending" : "sent"}
      data-testid="url-job"
    >
      <Icon name="link" sizePx={18} />
      <div className={classes.file}>
        <div className={classes.name} title={name}>
          {name}
        </div>
        {isRunning ? (
          <>
            <ProgressBar
              className={classes.bar}
              label={name}
              done={doneOf(job)}
              total={job.urls.length}
            />
            <div className={classes.detail}>{text.urlProgress(doneOf(job), job.urls.length)}</div>
          </>
        ) : (
          <div className={classes.detail} data-bad={isBad || undefined} title={toReasons(job)}>
            {toOutcome(job)}
          </div>
        )}
      </div>
      {isRetryable && (
        <IconButton
          icon="retry"
          label={text.retry(name)}
          sizePx={16}
          onClick={() => void urlJobs.retry(job.key)}
        />
      )}
      <IconButton
        icon="close"
        label={isRunning ? text.cancel(name) : text.dismiss(name)}
        sizePx={16}
        onClick={() => (isRunning ? void urlJobs.cancel(job.key) : urlJobs.remove(job.key))}
      />
    </div>
  );
}

function toOutcome(job: UrlJob): string {
  if (job.kind === "failed") return job.reason;
  const failures = failuresOf(job);
  const [first] = failures;
  const failed = job.failed + failures.length - job.failures.length;
  const parts = [
    job.isCancelled && text.cancelled,
    text.addedOf(job.added),
    duplicatesOf(job) > 0 && text.duplicateOf(duplicatesOf(job)),
    failed > 0 && `${text.failedOf(failed)}${first ? ` (${first.name}: ${first.reason})` : ""}`,
  ];
  return parts.filter(Boolean).join(", ");
}

function toReasons(job: UrlJob): string {
  return failuresOf(job)
    .map(({ name, reason }) => `${name}: ${reason}`)
    .join("\n");
}
