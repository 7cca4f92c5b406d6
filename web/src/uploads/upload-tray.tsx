// Bottom right: what is being uploaded, how fast, what failed and why. Leaving the page's view keeps it.
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { toDurationText, toSizeText } from "../quantities.ts";
import { UploadRow } from "./upload-row.tsx";
import type { UploadState } from "./upload-state.ts";
import classes from "./upload-tray.module.css";
import { useRejections } from "./use-rejections.ts";
import { useUploads } from "./use-uploads.ts";

const text = messages.uploads;
const ROW_PX = 48;

export function UploadTray() {
  const { uploads } = usePortal();
  const state = useUploads();
  const [isOpen, setIsOpen] = useState(true);
  const isActive = state.sending + state.queued > 0;
  useLeaveWarning(isActive);
  useRejections();
  if (state.uploads.length + state.skipped === 0) return null;
  return (
    <section className={classes.tray} aria-label={text.label} data-testid="uploads">
      <header className={classes.header}>
        <div className={classes.title} role="status">
          {toTitle(state)}
        </div>
        <button
          type="button"
          className={classes.button}
          aria-expanded={isOpen}
          aria-label={isOpen ? text.collapse : text.expand}
          onClick={() => setIsOpen(!isOpen)}
        >
          <Icon name={isOpen ? "down" : "up"} sizePx={18} />
        </button>
        {!isActive && (
          <button
            type="button"
            className={classes.button}
            aria-label={messages.close}
            onClick={uploads.clear}
          >
            <Icon name="close" sizePx={18} />
          </button>
        )}
      </header>
      {isActive && (
        <progress
          className={classes.bar}
          data-overall
          aria-label={text.progress}
          value={state.sentBytes}
          max={Math.max(1, state.totalBytes)}
        />
      )}
      {isOpen && <UploadList state={state} />}
      {isOpen && <Footer state={state} isActive={isActive} />}
    </section>
  );
}

function UploadList({ state: { uploads } }: { readonly state: UploadState }) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: uploads.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 4,
  });
  return (
    <div ref={scroller} className={classes.list}>
      <div className={classes.canvas} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const upload = uploads[index];
          if (!upload) return null;
          return (
            <div key={upload.key} className={classes.place} style={{ top: start, height: ROW_PX }}>
              <UploadRow upload={upload} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Footer({ state, isActive }: { readonly state: UploadState; readonly isActive: boolean }) {
  const { uploads } = usePortal();
  const note = isActive ? toRateText(state) : state.skipped > 0 && text.skipped(state.skipped);
  if (!note && !isActive && state.retryable === 0) return null;
  return (
    <footer className={classes.footer}>
      <span>{note}</span>
      {state.retryable > 0 && (
        <button type="button" className={classes.link} onClick={uploads.retryFailed}>
          {text.retryFailed}
        </button>
      )}
      {isActive && (
        <button type="button" className={classes.link} onClick={uploads.cancelAll}>
          {text.cancelAll}
        </button>
      )}
    </footer>
  );
}

function toTitle({ sending, queued, sent, failed, uploads }: UploadState): string {
  if (sending + queued > 0) return text.active(sent + failed, uploads.length);
  return failed > 0 ? text.finishedFailed(sent, failed) : text.finished(sent);
}

function toRateText({ bytesPerSecond, totalBytes, sentBytes }: UploadState): string {
  if (bytesPerSecond < 1) return "";
  const left = toDurationText((totalBytes - sentBytes) / bytesPerSecond);
  return text.rate(toSizeText(bytesPerSecond), left);
}

function useLeaveWarning(isActive: boolean): void {
  useEffect(() => {
    if (!isActive) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isActive]);
}
