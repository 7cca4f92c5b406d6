// Places -> the marks of a map: those that would cover each other are one, with the sum of their counts.
import {
  type Box,
  type Place,
  type Size,
  spanOf,
  toBox,
  toBoxAround,
  toPoint,
  toScale,
  type View,
} from "./map-view.ts";

export type MapPoint = Place & {
  /** Pictures there. Default 1. */
  readonly count?: number | undefined;
  /** One of them. */
  readonly inputId?: string | undefined;
};

export type Cluster = Place & {
  readonly count: number;
  readonly inputId: string | undefined;
  readonly points: readonly MapPoint[];
};

/** Nearest that two marks may be. */
const APART_PX = 44;
const WHOLE: Box = { south: -90, west: -180, north: 90, east: 180 };
/** Around places that are exact. */
const ROOM_PX = 3;

/** Most pictures first. The same for every place in the middle: moving the map changes no cluster. */
export function toClusters(
  points: readonly MapPoint[],
  view: View,
  size: Size,
): readonly Cluster[] {
  // In whole steps of zoom, so that clusters do not flicker while it changes.
  const zoom = 2 ** Math.floor(Math.log2(view.zoom));
  const cell = APART_PX / toScale({ ...view, zoom }, size).x;
  const cells = new Map<string, MapPoint[]>();
  for (const point of points) {
    const column = Math.floor((point.longitude + 180) / cell);
    const row = Math.floor((point.latitude + 90) / cell);
    const key = `${column} ${row}`;
    const members = cells.get(key);
    if (members) members.push(point);
    else cells.set(key, [point]);
  }
  const clusters = [...cells.values()].map(toCluster).sort((a, b) => b.count - a.count);
  return withoutOverlaps(clusters, cell);
}

// Neighbours across the edge of a cell join the greater one. Cost: clusters squared, of which a map has some hundreds.
function withoutOverlaps(clusters: readonly Cluster[], cell: number): readonly Cluster[] {
  const apart: Cluster[] = [];
  for (const cluster of clusters) {
    const near = apart.findIndex((one) => areNear(one, cluster, cell * 0.8));
    const greater = apart[near];
    if (greater) apart[near] = joined(greater, cluster);
    else apart.push(cluster);
  }
  return apart.sort((a, b) => b.count - a.count);
}

function areNear(a: Place, b: Place, degrees: number): boolean {
  const across = Math.abs(a.longitude - b.longitude);
  return Math.abs(a.latitude - b.latitude) < degrees && Math.min(across, 360 - across) < degrees;
}

function toCluster(points: readonly MapPoint[]): Cluster {
  const count = points.reduce((sum, point) => sum + countOf(point), 0);
  const mean = (of: (point: MapPoint) => number) =>
    points.reduce((sum, point) => sum + of(point) * countOf(point), 0) / count;
  return {
    latitude: mean(({ latitude }) => latitude),
    longitude: mean(({ longitude }) => longitude),
    count,
    inputId: points.find(({ inputId }) => inputId !== undefined)?.inputId,
    points,
  };
}

function joined(greater: Cluster, other: Cluster): Cluster {
  const points = [...greater.points, ...other.points];
  return { ...greater, count: greater.count + other.count, points };
}

function countOf({ count = 1 }: MapPoint): number {
  return count;
}

/** All that is under a mark. A place of many pictures is the middle of a square: half a mark is added around it. */
export function toClusterBox({ points }: Cluster, view: View, size: Size): Box {
  const box = toBoxAround(points) ?? WHOLE;
  const scale = toScale(view, size);
  const room = points.every(({ count = 1 }) => count === 1) ? ROOM_PX : APART_PX / 2;
  const [x, y] = [room / scale.x, room / scale.y];
  const east = box.west + spanOf(box);
  return toBox(
    { latitude: Math.max(-90, box.south - y), longitude: box.west - x },
    { latitude: Math.min(90, box.north + y), longitude: east + x },
  );
}

/** Those that can be seen. */
export function inSight(clusters: readonly Cluster[], view: View, size: Size): readonly Cluster[] {
  return clusters.filter((cluster) => {
    const { x, y } = toPoint(view, size, cluster);
    return (
      x > -APART_PX && x < size.width + APART_PX && y > -APART_PX && y < size.height + APART_PX
    );
  });
}
