// Where one is while scrolling fast: "12,400 / 100,000" and, in an order by date, when that was.
import { type RefObject, useEffect, useState } from "react";
import { messages } from "../messages.ts";
import { toMonthText } from "../quantities.ts";
import classes from "./scroll-hint.module.css";

/** Screens per second that nobody looks at pictures at. */
const FAST = 6;
const LINGER_MS = 700;

type ScrollHintProps = {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Of the first result that can be seen. */
  readonly index: number;
  readonly total: number;
  /** Of that result, where results stand in the order of dates. */
  readonly date: Date | undefined;
};

export function ScrollHint({ scroller, index, total, date }: ScrollHintProps) {
  const share = useFastScroll(scroller);
  if (share === undefined || total === 0) return null;
  return (
    <div
      className={classes.hint}
      style={{ top: `calc(${share} * (100% - 32px))` }}
      aria-hidden
      data-testid="scroll-hint"
    >
      {messages.results.position(index + 1, total)}
      {date && <span>{toMonthText(date)}</span>}
    </div>
  );
}

/** How far down the scrollbar is (0..1) while it goes fast. */
function useFastScroll(scroller: RefObject<HTMLDivElement | null>): number | undefined {
  const [share, setShare] = useState<number>();
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let last = { top: element.scrollTop, atMs: 0 };
    let isFast = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const rest = () => {
      isFast = false;
      setShare(undefined);
    };
    const onScroll = () => {
      const { scrollTop, scrollHeight, clientHeight } = element;
      const atMs = performance.now();
      const seconds = Math.max(0.001, (atMs - last.atMs) / 1000);
      // A single jump is a key or a new search, not a drag.
      const isMoving = seconds < 0.2;
      isFast ||= isMoving && Math.abs(scrollTop - last.top) / clientHeight / seconds > FAST;
      last = { top: scrollTop, atMs };
      if (!isFast) return;
      setShare(scrollTop / Math.max(1, scrollHeight - clientHeight));
      clearTimeout(timer);
      timer = setTimeout(rest, LINGER_MS);
    };
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      clearTimeout(timer);
      element.removeEventListener("scroll", onScroll);
    };
  }, [scroller]);
  return share;
}
