// What is selected on the map, as pictures: only those in sight are there.
import { useElementSize } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { explore as text } from "../messages/explore.ts";
import { usePortal } from "../portal.ts";
import classes from "./explore.module.css";

const PICTURE_PX = 88;

export function SelectedPictures({ ids }: { readonly ids: readonly string[] }) {
  const { client, selection } = usePortal();
  const scroller = useRef<HTMLDivElement>(null);
  const { ref, width } = useElementSize();
  const columns = Math.max(1, Math.floor(width / PICTURE_PX));
  const virtualizer = useVirtualizer({
    count: Math.ceil(ids.length / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => PICTURE_PX,
    overscan: 4,
  });
  return (
    <section className={classes.selected} aria-label={text.selected(ids.length)}>
      <h2>{text.selected(ids.length)}</h2>
      <div ref={scroller} className={classes.scroller}>
        <div ref={ref} style={{ height: virtualizer.getTotalSize() }} data-testid="selected">
          {virtualizer.getVirtualItems().map((row) => (
            <div key={row.key} className={classes.row} style={{ top: row.start }}>
              {ids.slice(row.index * columns, (row.index + 1) * columns).map((id) => (
                <button
                  key={id}
                  type="button"
                  aria-label={text.deselect(id)}
                  title={text.deselect(id)}
                  onClick={() => selection.toggle(id)}
                >
                  <img src={client.thumbnailUrl(id)} alt="" loading="lazy" decoding="async" />
                </button>
              ))}
            </div>
          ))}
        </div>
      </div>
    </section>
  );
}
