// An address may name a section: it is shown at once, and stays in view while those above it still load.
import { type RefObject, useEffect } from "react";

/** What says that the reader goes on by themselves. */
const TAKEOVERS = ["wheel", "touchmove", "pointerdown", "keydown"] as const;

/** `page`: what grows. */
export function useSectionOfAddress(page: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const section = document.getElementById(window.location.hash.slice(1));
    if (!section || !page.current) return undefined;
    const observer = new ResizeObserver(() => section.scrollIntoView());
    observer.observe(page.current);
    const stop = () => observer.disconnect();
    for (const event of TAKEOVERS) window.addEventListener(event, stop, { passive: true });
    return () => {
      stop();
      for (const event of TAKEOVERS) window.removeEventListener(event, stop);
    };
  }, [page]);
}
