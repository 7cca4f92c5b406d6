// Zooming and moving a picture by wheel, drag, pinch and double click; a swipe over the whole picture moves on.
import {
  type MouseEvent,
  type PointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";
import { useSize } from "../grid/use-size.ts";
import { type Box, movedBy, toDetailScale, toFitted, WHOLE, type Zoom, zoomAt } from "./zoom.ts";

const WHEEL_RATE = 0.0025;
const SWIPE_PX = 60;
const STEP = 1.5;

type Place = { readonly x: number; readonly y: number };

type Gestures = {
  readonly picture: Box;
  readonly onSwipe: (direction: "left" | "right" | "down") => void;
};

/** `steps`: what keys and buttons do. */
export function useZoom(
  stageRef: RefObject<HTMLDivElement | null>,
  { picture, onSwipe }: Gestures,
) {
  const { widthPx, heightPx } = useSize(stageRef);
  const stage: Box = { width: widthPx, height: heightPx };
  const fitted = toFitted(picture, stage);
  const [zoom, setZoom] = useState<Zoom>(WHOLE);
  const latest = useRef({ fitted, stage });
  latest.current = { fitted, stage };
  const pointers = useRef(new Map<number, Place>());
  const swipe = useRef<Place>(undefined);

  const by = useCallback((factor: number, point: Place = { x: 0, y: 0 }) => {
    const { fitted: box, stage: room } = latest.current;
    setZoom((old) => zoomAt(old, factor, point, box, room));
  }, []);

  useEffect(() => {
    const element = stageRef.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      by(Math.exp(-event.deltaY * WHEEL_RATE), toPoint(event, element));
    };
    // Not passive: a pinch on a touchpad would zoom the whole page.
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [stageRef, by]);

  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    if (event.button !== 0 || (event.target as Element).closest("button, a")) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pointers.current.set(event.pointerId, toPlace(event));
    const isFirst = pointers.current.size === 1;
    swipe.current = isFirst && zoom.scale === 1 ? toPlace(event) : undefined;
  }

  function onPointerMove(event: PointerEvent<HTMLDivElement>): void {
    const from = pointers.current.get(event.pointerId);
    if (!from) return;
    const to = toPlace(event);
    const [other] = [...pointers.current].filter(([id]) => id !== event.pointerId);
    pointers.current.set(event.pointerId, to);
    if (other) {
      swipe.current = undefined;
      const [, fixed] = other;
      const factor = distance(to, fixed) / Math.max(1, distance(from, fixed));
      const middle = { clientX: (to.x + fixed.x) / 2, clientY: (to.y + fixed.y) / 2 };
      by(factor, toPoint(middle, event.currentTarget));
    } else setZoom((old) => movedBy(old, to.x - from.x, to.y - from.y, fitted, stage));
  }

  function onPointerUp(event: PointerEvent<HTMLDivElement>): void {
    const start = swipe.current;
    pointers.current.delete(event.pointerId);
    swipe.current = undefined;
    if (!start || event.type === "pointercancel") return;
    const [dx, dy] = [event.clientX - start.x, event.clientY - start.y];
    if (Math.abs(dx) > SWIPE_PX && Math.abs(dx) > 2 * Math.abs(dy)) {
      onSwipe(dx < 0 ? "left" : "right");
    } else if (dy > 2 * SWIPE_PX && dy > 2 * Math.abs(dx) && event.pointerType === "touch") {
      onSwipe("down");
    }
  }

  return {
    zoom,
    fitted,
    steps: { in: () => by(STEP), out: () => by(1 / STEP), whole: () => setZoom(WHOLE) },
    handlers: {
      onPointerDown,
      onPointerMove,
      onPointerUp,
      onPointerCancel: onPointerUp,
      onDoubleClick: (event: MouseEvent<HTMLDivElement>) => {
        if ((event.target as Element).closest("button, a")) return;
        if (zoom.scale > 1) setZoom(WHOLE);
        else by(toDetailScale(picture, fitted), toPoint(event, event.currentTarget));
      },
    },
  };
}

function toPlace({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }) {
  return { x: clientX, y: clientY };
}

/** From the middle of the element. */
function toPoint(
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
  element: Element,
): Place {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: clientX - left - width / 2, y: clientY - top - height / 2 };
}

function distance(a: Place, b: Place): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
