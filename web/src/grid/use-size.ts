// Size of what scrolls in an element, without its padding and scrollbar.
import { type RefObject, useLayoutEffect, useState } from "react";

type Size = { readonly widthPx: number; readonly heightPx: number };

/** Zero until it is laid out. */
export function useSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ widthPx: 0, heightPx: 0 });
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const observer = new ResizeObserver(([entry]) => {
      const box = entry?.contentRect;
      if (box) setSize({ widthPx: box.width, heightPx: box.height });
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
