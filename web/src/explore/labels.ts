// Names of clusters on the map: the largest clusters first, and none over another.
import { type Camera, type Place, type Size, toScreen } from "./camera.ts";

export type ClusterName = Place & {
  readonly id: number;
  readonly text: string;
  readonly count: number;
};

export type Label = {
  readonly id: number;
  readonly text: string;
  /** Its middle, and its size, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
};

const LABEL_HEIGHT_PX = 22;
const GAP_PX = 4;
const EDGE_PX = 8;

/** `measure`: width of a text in pixels. */
export function placeLabels(
  names: readonly ClusterName[],
  camera: Camera,
  size: Size,
  measure: (text: string) => number,
): readonly Label[] {
  const placed: Label[] = [];
  for (const { id, text, x, y } of [...names].sort((a, b) => b.count - a.count || a.id - b.id)) {
    const at = toScreen(camera, { x, y });
    const width = measure(text) + 16;
    const label = { id, text, width, x: clamp(at.x, width / 2, size.width), y: at.y };
    const isSeen = at.x > 0 && at.x < size.width && at.y > EDGE_PX && at.y < size.height - EDGE_PX;
    if (isSeen && placed.every((other) => !overlaps(label, other))) placed.push(label);
  }
  return placed;
}

export function labelAt(labels: readonly Label[], { x, y }: Place): Label | undefined {
  return labels.find(
    (label) =>
      Math.abs(label.x - x) <= label.width / 2 && Math.abs(label.y - y) <= LABEL_HEIGHT_PX / 2,
  );
}

function overlaps(a: Label, b: Label): boolean {
  return (
    Math.abs(a.x - b.x) < (a.width + b.width) / 2 + GAP_PX &&
    Math.abs(a.y - b.y) < LABEL_HEIGHT_PX + GAP_PX
  );
}

// Half of it stays on the canvas at either side.
function clamp(x: number, half: number, width: number): number {
  return Math.min(width - half - EDGE_PX, Math.max(half + EDGE_PX, x));
}
