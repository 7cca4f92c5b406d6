// The whole page takes files: a veil says so while something is dragged over it.
import { useEffect, useRef, useState } from "react";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import classes from "./drop-zone.module.css";
import { pickDropped } from "./picked-files.ts";

export function DropZone() {
  const isOver = useDrop();
  if (!isOver) return null;
  return (
    <div className={classes.veil} data-testid="drop-veil">
      <div className={classes.hint}>
        <Icon name="upload" sizePx={40} />
        <strong>{messages.uploads.drop}</strong>
        <span>{messages.uploads.dropHint}</span>
      </div>
    </div>
  );
}

function useDrop(): boolean {
  const { uploads } = usePortal();
  const [isOver, setIsOver] = useState(false);
  // dragenter and dragleave come for every element on the way: outside is where they cancel out.
  const depth = useRef(0);
  useEffect(() => {
    const move = (step: number) => {
      depth.current = Math.max(0, depth.current + step);
      setIsOver(depth.current > 0);
    };
    const listeners = {
      dragenter: (event: DragEvent) => hasFiles(event) && move(1),
      dragleave: (event: DragEvent) => hasFiles(event) && move(-1),
      dragover: (event: DragEvent) => hasFiles(event) && event.preventDefault(),
      drop: (event: DragEvent) => {
        if (!hasFiles(event) || !event.dataTransfer) return;
        event.preventDefault();
        move(-depth.current);
        void pickDropped(event.dataTransfer).then(uploads.add);
      },
    };
    const abort = new AbortController();
    for (const [name, listener] of Object.entries(listeners)) {
      window.addEventListener(name, listener as EventListener, abort);
    }
    return () => abort.abort();
  }, [uploads]);
  return isOver;
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes("Files") ?? false;
}
