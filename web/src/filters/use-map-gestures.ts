// Fingers, mouse, wheel and keys on a map -> another view, or a box that is being drawn.
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import {
  type Box,
  moved,
  type Point,
  type Size,
  toBox,
  toPlace,
  type View,
  zoomed,
} from "./map-view.ts";

const STEP_PX = 64;
export const ZOOM_STEP = 1.8;
/** A wheel turns in steps of about 100. */
const WHEEL_RATE = 0.0022;
/** Less is a press, not a drag. */
const DRAG_PX = 4;

type GestureOptions = {
  readonly view: View;
  readonly size: Size;
  /** Several events come between two drawings of the map: each starts where the one before left it.
   *  @param change undefined: back to everything */
  readonly onView: (change: (view: View) => View | undefined) => void;
  /** Where a drag draws a box instead of moving the map. */
  readonly onBox: ((box: Box) => void) | undefined;
  /** The wheel is for the map alone, not for the page around it. */
  readonly isWheelOurs: boolean;
};

type Drag = { readonly start: Point; readonly now: Point };

export function useMapGestures(element: HTMLElement | null, options: GestureOptions) {
  const { view, size, onView, onBox } = options;
  const pointers = useRef(new Map<number, Point>());
  const [drag, setDrag] = useState<Drag>();
  // What the listeners of the moment need, for one that is added once.
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });

  useEffect(() => {
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      const now = latest.current;
      if (!now.isWheelOurs && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const at = toLocal(element, event);
      const factor = Math.exp(-event.deltaY * WHEEL_RATE);
      now.onView((from) => zoomed(from, now.size, factor, at));
    };
    // React's own listeners cannot keep the page from scrolling.
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [element]);

  const boxOf = ({ start, now }: Drag): Box =>
    toBox(toPlace(view, size, start), toPlace(view, size, now));

  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    // Marks and buttons on the map are pressed, not dragged.
    if (event.button !== 0 || (event.target as Element).closest("button")) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = toLocal(event.currentTarget, event);
    pointers.current.set(event.pointerId, at);
    if (onBox && pointers.current.size === 1) setDrag({ start: at, now: at });
  }

  function onPointerMove(event: PointerEvent<HTMLElement>): void {
    const before = pointers.current.get(event.pointerId);
    if (!before) return;
    const at = toLocal(event.currentTarget, event);
    const others = [...pointers.current].filter(([id]) => id !== event.pointerId);
    pointers.current.set(event.pointerId, at);
    const other = others[0]?.[1];
    if (other) {
      setDrag(undefined);
      onView((from) => pinched(from, size, other, before, at));
    } else if (drag) setDrag({ ...drag, now: at });
    else onView((from) => moved(from, size, { x: at.x - before.x, y: at.y - before.y }));
  }

  function onPointerUp(event: PointerEvent<HTMLElement>): void {
    pointers.current.delete(event.pointerId);
    if (!drag) return;
    setDrag(undefined);
    if (onBox && event.type === "pointerup" && isDrag(drag)) onBox(boxOf(drag));
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return;
    const change = ofKey(event.key, size);
    if (!change) return;
    event.preventDefault();
    event.stopPropagation();
    onView(change);
  }

  return {
    handlers: {
      onPointerDown,
      onPointerMove,
      onPointerUp,
      onPointerCancel: onPointerUp,
      onKeyDown,
    },
    /** What is being drawn. */
    drawn: drag && isDrag(drag) ? boxOf(drag) : undefined,
  };
}

/** What a key does to the view; undefined for keys that are not ours. */
function ofKey(key: string, size: Size): ((view: View) => View | undefined) | undefined {
  const middle = { x: size.width / 2, y: size.height / 2 };
  const move = (x: number, y: number) => (view: View) =>
    moved(view, size, { x: x * STEP_PX, y: y * STEP_PX });
  const zoom = (factor: number) => (view: View) => zoomed(view, size, factor, middle);
  switch (key) {
    case "ArrowLeft":
      return move(1, 0);
    case "ArrowRight":
      return move(-1, 0);
    case "ArrowUp":
      return move(0, 1);
    case "ArrowDown":
      return move(0, -1);
    case "+":
    case "=":
      return zoom(ZOOM_STEP);
    case "-":
      return zoom(1 / ZOOM_STEP);
    case "0":
      return () => undefined;
    default:
      return undefined;
  }
}

// One finger rests at `other`, the second went from `before` to `at`.
function pinched(view: View, size: Size, other: Point, before: Point, at: Point): View {
  const distance = (point: Point) => Math.hypot(point.x - other.x, point.y - other.y);
  const middle = (point: Point) => ({ x: (point.x + other.x) / 2, y: (point.y + other.y) / 2 });
  const [from, to] = [middle(before), middle(at)];
  const shifted = moved(view, size, { x: to.x - from.x, y: to.y - from.y });
  return zoomed(shifted, size, distance(at) / Math.max(1, distance(before)), to);
}

function isDrag({ start, now }: Drag): boolean {
  return Math.abs(now.x - start.x) >= DRAG_PX && Math.abs(now.y - start.y) >= DRAG_PX;
}

function toLocal(
  element: HTMLElement,
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
): Point {
  const { left, top } = element.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}
