// An image file that is dragged over the search bar is searched by; everywhere else a drop is an upload.
import { type DragEvent, useRef, useState } from "react";

/** @param onDrop gets the first file */
export function useImageDrop(onDrop: (file: File) => void) {
  const [isOver, setIsOver] = useState(false);
  // dragenter and dragleave come for every element on the way: outside is where they cancel out.
  const depth = useRef(0);

  function move(event: DragEvent, step: number): void {
    depth.current = Math.max(0, depth.current + step);
    setIsOver(depth.current > 0);
    take(event);
  }

  /** Of all drags, those of files; the page around must not take them too. */
  function onFiles(run: (event: DragEvent) => void): (event: DragEvent) => void {
    return (event) => {
      if (event.dataTransfer.types.includes("Files")) run(event);
    };
  }

  const listeners = {
    onDragEnter: onFiles((event) => move(event, 1)),
    onDragLeave: onFiles((event) => move(event, -1)),
    onDragOver: onFiles(take),
    onDrop: onFiles((event) => {
      move(event, -depth.current);
      const [file] = event.dataTransfer.files;
      if (file) onDrop(file);
    }),
  };
  return { isOver, listeners };
}

function take(event: DragEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
