// One file of the tray: name, and how far it is, what became of it, or why it failed.
import { Icon, type IconName } from "../icon.tsx";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { toSizeText } from "../quantities.ts";
import type { Upload } from "./upload-state.ts";
import classes from "./upload-tray.module.css";

const text = messages.uploads;

const ICONS = {
  queued: "clock",
  sending: "upload",
  sent: "check",
  failed: "alert",
} satisfies Record<Upload["kind"], IconName>;

export function UploadRow({ upload }: { readonly upload: Upload }) {
  const { uploads } = usePortal();
  const isOver = upload.kind === "sent" || upload.kind === "failed";
  const fileName = upload.name.slice(upload.name.lastIndexOf("/") + 1);
  const detail = toDetail(upload);
  const isBad = upload.kind === "failed";
  return (
    <div className={classes.row} data-kind={upload.kind} data-testid="upload">
      <Icon name={ICONS[upload.kind]} sizePx={18} />
      <div className={classes.file}>
        <div className={classes.name} title={upload.name}>
          {fileName}
        </div>
        {upload.kind === "sending" ? (
          <progress
            className={classes.bar}
            aria-label={fileName}
            value={upload.sentBytes}
            max={Math.max(1, upload.file.size)}
          />
        ) : (
          <div className={classes.detail} data-bad={isBad || undefined} title={detail}>
            {detail}
          </div>
        )}
      </div>
      <button
        type="button"
        className={classes.button}
        aria-label={isOver ? text.dismiss(fileName) : text.cancel(fileName)}
        onClick={() => uploads.remove(upload.key)}
      >
        <Icon name="close" sizePx={16} />
      </button>
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
    default:
      return `${text.queued}, ${toSizeText(upload.file.size)}`;
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
