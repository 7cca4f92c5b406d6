// The entries of one group; only those in view are drawn, there may be thousands.
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { UploadRow } from "./upload-row.tsx";
import classes from "./upload-tray.module.css";
import { UrlJobRow } from "./url-job-row.tsx";
import type { TrayEntry } from "./use-tray.ts";

const ROW_PX = 48;
/** With room for a sentence of two lines. */
const TALL_ROW_PX = 72;

export function UploadList({ entries }: { readonly entries: readonly TrayEntry[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => {
      const entry = entries[index];
      return entry ? `${entry.key}/${heightOf(entry)}` : index;
    },
    estimateSize: (index) => heightOf(entries[index]),
    overscan: 4,
  });
  return (
    <div ref={scroller} className={classes.list}>
      <div className={classes.canvas} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start, size }) => {
          const entry = entries[index];
          if (!entry) return null;
          return (
            <div key={entry.key} className={classes.place} style={{ top: start, height: size }}>
              {entry.kind === "file" ? (
                <UploadRow upload={entry.upload} />
              ) : (
                <UrlJobRow job={entry.job} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function heightOf(entry: TrayEntry | undefined): number {
  const isTall = entry?.kind === "urls" || entry?.upload.kind === "failed";
  return isTall ? TALL_ROW_PX : ROW_PX;
}
