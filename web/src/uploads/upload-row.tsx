// One file of the tray: name, and how far it is, what became of it, or why it failed.

import { IconButton } from "../controls/icon-button.tsx";
import { ProgressBar } from "../controls/progress-bar.tsx";
import { Icon, type IconName } from "../icon.tsx";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { toSizeText } from "../quantities.ts";
import { isActive, type Upload } from "./upload-state.ts";
import classes from "./upload-tray.module.css";

const text = messages.uploads;

const ICONS = {
  queued: "clock",
  lost: "file",
  sending: "upload",
  sent: "check",
  failed: "alert",
} satisfies Record<Upload["kind"], IconName>;

export function UploadRow({ upload }: { readonly upload: Upload }) {
  const { uploads } = usePortal();
  const fileName = upload.name.slice(upload.name.lastIndexOf("/") + 1);
  const isRetryable = upload.kind === "failed" && upload.isRetryable;
  return (
    <div className={classes.row} data-kind={upload.kind} data-testid="upload">
      <Icon name={ICONS[upload.kind]} sizePx={18} />
      <div className={classes.file}>
        <div className={classes.name} title={upload.name} dir="auto">
          {fileName}
        </div>
        <Detail upload={upload} fileName={fileName} />
      </div>
      {isRetryable && (
        <IconButton
          icon="retry"
          label={text.retry(fileName)}
          sizePx={16}
          onClick={() => uploads.retry(upload.key)}
        />
      )}
      <IconButton
        icon="close"
        label={isActive(upload) ? text.cancel(fileName) : text.dismiss(fileName)}
        sizePx={16}
        onClick={() => uploads.remove(upload.key)}
      />
    </div>
  );
}

function Detail({ upload, fileName }: { readonly upload: Upload; readonly fileName: string }) {
  if (upload.kind === "sending") {
    return (
      <ProgressBar
        className={classes.bar}
        label={fileName}
        done={upload.sentBytes}
        total={upload.sizeBytes}
      />
    );
  }
  const detail = toDetail(upload);
  return (
    <div className={classes.detail} data-bad={upload.kind === "failed" || undefined} title={detail}>
      {detail}
    </div>
  );
}

function toDetail(upload: Upload): string {
  switch (upload.kind) {
    case "failed":
      return upload.reason;
    case "sent":
      return toOutcome(
        upload.inputs.map(({ outcome }) => outcome),
        firstReason(upload),
      );
    case "lost":
      return `${text.lost}, ${toSizeText(upload.sizeBytes)}`;
    default:
      return `${text.queued}, ${toSizeText(upload.sizeBytes)}`;
  }
}

function toOutcome(outcomes: readonly string[], reason: string): string {
  if (outcomes.length === 1) return outcomes[0] === "duplicate" ? text.duplicate : text.added;
  const count = (outcome: string) => outcomes.filter((one) => one === outcome).length;
  const parts = [
    text.addedOf(count("added")),
    count("duplicate") > 0 && text.duplicateOf(count("duplicate")),
    count("failed") > 0 && `${text.failedOf(count("failed"))} (${reason})`,
  ];
  return parts.filter(Boolean).join(", ");
}

function firstReason({ inputs }: Extract<Upload, { kind: "sent" }>): string {
  const failed = inputs.find(({ outcome }) => outcome === "failed");
  return failed ? `${failed.name}: ${failed.reason}` : "";
}
