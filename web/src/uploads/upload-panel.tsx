// Bottom right: what is being uploaded, how fast, what failed and why. Leaving the page's view keeps it.

import { useState } from "react";
import { IconButton } from "../controls/icon-button.tsx";
import { ProgressBar } from "../controls/progress-bar.tsx";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { LostFiles } from "./lost-files.tsx";
import { UploadList } from "./upload-list.tsx";
import classes from "./upload-tray.module.css";
import { type Tray, useTray } from "./use-tray.ts";

const text = messages.uploads;

type Group = "active" | "over";

export function UploadPanel() {
  const tray = useTray();
  const { uploads, urlJobs } = usePortal();
  const [isOpen, setIsOpen] = useState(true);
  const [chosen, setChosen] = useState<Group>();
  const group = toGroup(tray, chosen);
  function close(): void {
    uploads.clear();
    urlJobs.clear();
  }
  return (
    <section className={classes.tray} aria-label={text.label} data-testid="uploads">
      <header className={classes.header}>
        <div className={classes.title} role="status">
          {tray.title}
        </div>
        <IconButton
          icon={isOpen ? "down" : "up"}
          label={isOpen ? text.collapse : text.expand}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        />
        {tray.active.length === 0 && (
          <IconButton icon="close" label={messages.close} onClick={close} />
        )}
      </header>
      {tray.isBusy && (
        <ProgressBar
          className={classes.overall}
          label={text.progress}
          done={tray.progress}
          total={1}
        />
      )}
      {isOpen && (
        <>
          {tray.active.length > 0 && tray.over.length > 0 && (
            <Groups tray={tray} group={group} onChoose={setChosen} />
          )}
          {tray.files.lost > 0 && group === "active" && <LostFiles count={tray.files.lost} />}
          <UploadList key={group} entries={tray[group]} />
          <Footer tray={tray} group={group} />
        </>
      )}
    </section>
  );
}

function toGroup({ active, over }: Tray, chosen: Group | undefined): Group {
  if (active.length === 0) return "over";
  return over.length === 0 ? "active" : (chosen ?? "active");
}

type GroupsProps = {
  readonly tray: Tray;
  readonly group: Group;
  readonly onChoose: (group: Group) => void;
};

function Groups({ tray, group, onChoose }: GroupsProps) {
  return (
    <fieldset className={classes.groups} aria-label={text.groups}>
      {(["active", "over"] as const).map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === group}
          data-testid={`uploads-${one}`}
          onClick={() => onChoose(one)}
        >
          {one === "active" ? text.tabActive : text.tabOver} <small>{tray[one].length}</small>
        </button>
      ))}
    </fieldset>
  );
}

function Footer({ tray, group }: { readonly tray: Tray; readonly group: Group }) {
  const { uploads, urlJobs } = usePortal();
  const { files, active, rate } = tray;
  const isActive = group === "active";
  const note = isActive ? rate || pauseHint(tray) : toSkippedText(tray);
  const hasButton = isActive || files.retryable > 0 || active.length > 0;
  if (!note && !hasButton) return null;
  function cancelAll(): void {
    uploads.cancelAll();
    for (const entry of active) if (entry.kind === "urls") void urlJobs.cancel(entry.key);
  }
  function clear(): void {
    uploads.clear();
    urlJobs.clear();
  }
  return (
    <footer className={classes.footer}>
      <span>{note}</span>
      {files.pause === "away" && isActive && <Link label={text.tryNow} onPress={uploads.resume} />}
      {files.retryable > 0 && <Link label={text.retryFailed} onPress={uploads.retryFailed} />}
      {isActive && <Link label={text.cancelAll} onPress={cancelAll} />}
      {!isActive && active.length > 0 && <Link label={text.clear} onPress={clear} />}
    </footer>
  );
}

function pauseHint({ files }: Tray): string {
  return files.pause === "away" ? text.awayHint : "";
}

function toSkippedText({ files }: Tray): string {
  return files.skipped > 0 ? text.skipped(files.skipped) : "";
}

function Link({ label, onPress }: { readonly label: string; readonly onPress: () => void }) {
  return (
    <button type="button" className={classes.link} onClick={onPress}>
      {label}
    </button>
  );
}
