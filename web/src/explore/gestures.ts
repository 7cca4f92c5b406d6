// Mouse, pen, fingers, wheel and keys on the map's canvas -> what the map does.
import type { Place } from "./camera.ts";
import type { MapView } from "./map-view.ts";

export type GestureTargets = {
  readonly view: MapView;
  readonly isLasso: () => boolean;
  readonly onHover: (point: number | undefined) => void;
  readonly onPoint: (point: number) => void;
  readonly onCluster: (cluster: number, isAdding: boolean) => void;
  /** What a lasso surrounds. */
  readonly onPoints: (points: readonly number[], isAdding: boolean) => void;
};

const CLICK_PX = 4;
const KEY_MOVE_PX = 80;
const KEY_ZOOM = 1.4;

/** Listens until the returned function is called. */
export function listen(canvas: HTMLCanvasElement, targets: GestureTargets): () => void {
  const { view } = targets;
  const pointers = new Map<number, Place>();
  let line: Place[] | undefined;
  let start: Place | undefined;

  function down(event: PointerEvent): void {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    const at = placeOf(event);
    pointers.set(event.pointerId, at);
    start = pointers.size === 1 ? at : undefined;
    line = pointers.size === 1 && (targets.isLasso() || event.shiftKey) ? [at] : undefined;
    view.setLine([]);
    targets.onHover(undefined);
  }

  function move(event: PointerEvent): void {
    const at = placeOf(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType === "mouse") targets.onHover(view.pointAt(at));
      return;
    }
    if (start && distance(start, at) > CLICK_PX) start = undefined;
    if (line) {
      line.push(at);
      view.setLine(line);
    } else if (pointers.size === 1) {
      if (!start) view.move(at.x - before.x, at.y - before.y);
      else return; // a click that trembles
    } else pinch(event.pointerId, before, at);
    pointers.set(event.pointerId, at);
  }

  function pinch(id: number, before: Place, at: Place): void {
    const other = [...pointers].find(([pointer]) => pointer !== id)?.[1];
    if (!other) return;
    view.zoom(distance(other, at) / Math.max(1, distance(other, before)), other);
  }

  function up(event: PointerEvent): void {
    if (!pointers.delete(event.pointerId)) return;
    const isAdding = event.shiftKey;
    if (start) click(start, isAdding);
    else if (line && line.length > 2) targets.onPoints(view.inside(line), isAdding);
    [line, start] = [undefined, undefined];
    view.setLine([]);
  }

  function click(at: Place, isAdding: boolean): void {
    const cluster = view.clusterAt(at);
    const point = view.pointAt(at);
    if (cluster !== undefined) targets.onCluster(cluster, isAdding);
    else if (point !== undefined) targets.onPoint(point);
  }

  function cancel(event: PointerEvent): void {
    pointers.delete(event.pointerId);
    [line, start] = [undefined, undefined];
    view.setLine([]);
  }

  function wheel(event: WheelEvent): void {
    event.preventDefault();
    // Lines on a mouse of Firefox; a pinch on a trackpad comes as small steps with Ctrl.
    const px = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1);
    view.zoom(Math.exp(-px * (event.ctrlKey ? 0.01 : 0.002)), placeOf(event));
    targets.onHover(undefined);
  }

  function key(event: KeyboardEvent): void {
    const act = KEYS[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act(view);
  }

  const leave = () => targets.onHover(undefined);
  const listening = new AbortController();
  const { signal } = listening;
  canvas.addEventListener("pointerdown", down, { signal });
  canvas.addEventListener("pointermove", move, { signal });
  canvas.addEventListener("pointerup", up, { signal });
  canvas.addEventListener("pointercancel", cancel, { signal });
  canvas.addEventListener("pointerleave", leave, { signal });
  canvas.addEventListener("wheel", wheel, { signal, passive: false });
  canvas.addEventListener("keydown", key, { signal });
  return () => listening.abort();
}

const KEYS: Readonly<Record<string, (view: MapView) => void>> = {
  ArrowLeft: (view) => view.move(KEY_MOVE_PX, 0),
  ArrowRight: (view) => view.move(-KEY_MOVE_PX, 0),
  ArrowUp: (view) => view.move(0, KEY_MOVE_PX),
  ArrowDown: (view) => view.move(0, -KEY_MOVE_PX),
  "+": (view) => view.zoom(KEY_ZOOM),
  "=": (view) => view.zoom(KEY_ZOOM),
  "-": (view) => view.zoom(1 / KEY_ZOOM),
  "0": (view) => view.reset(),
};

function placeOf(event: MouseEvent): Place {
  return { x: event.offsetX, y: event.offsetY };
}

function distance(a: Place, b: Place): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
