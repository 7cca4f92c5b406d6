// Ctrl and the wheel, or a pinch on a touchpad, over the grid: bigger and smaller tiles instead of a bigger page.
import { type RefObject, useEffect, useRef } from "react";

/** Wheel travel for one step; touchpads send many small ones. */
const STEP_PX = 40;

export function useWheelSize(
  scroller: RefObject<HTMLDivElement | null>,
  onResize: (step: 1 | -1) => void,
): void {
  const resize = useRef(onResize);
  resize.current = onResize;
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let travelPx = 0;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      travelPx += event.deltaY;
      if (Math.abs(travelPx) < STEP_PX) return;
      resize.current(travelPx < 0 ? 1 : -1);
      travelPx = 0;
    };
    // Not passive: the browser would zoom the page as well.
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [scroller]);
}
