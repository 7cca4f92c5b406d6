// Points -> their convex hull (Andrew's monotone chain) -> the smallest rectangle around it (rotating calipers: it shares
// a direction with an edge of the hull), and its enlargement.

export type Point = readonly [x: number, y: number];

/** A rectangle that may be tilted. `angle`: of its width against the x axis, in radians, -π/4 < angle <= π/4 (y goes down). */
export type Rectangle = {
  readonly centre: Point;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
};

/** Corners of the convex hull, each once, in one direction of turning. */
export function hullOf(points: readonly Point[]): readonly Point[] {
  const sorted = [...points].sort(([x1, y1], [x2, y2]) => x1 - x2 || y1 - y2);
  if (sorted.length < 3) return sorted;
  const [lower, upper] = [chainOf(sorted), chainOf(sorted.reverse())];
  return [...lower.slice(0, -1), ...upper.slice(0, -1)];
}

function chainOf(sorted: readonly Point[]): readonly Point[] {
  const chain: Point[] = [];
  for (const point of sorted) {
    while (chain.length > 1 && turn(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop();
    chain.push(point);
  }
  return chain;
}

function turn([ox, oy]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  return (ax - ox) * (by - oy) - (ay - oy) * (bx - ox);
}

/** The rectangle of least area around a hull of at least one corner. */
export function smallestRectangle(hull: readonly Point[]): Rectangle {
  const around = hull.map((corner, i) => {
    const [x, y] = hull[(i + 1) % hull.length]!;
    return rectangleAlong(hull, Math.atan2(y - corner[1], x - corner[0]));
  });
  const areaOf = ({ width, height }: Rectangle) => width * height;
  return levelled(around.reduce((best, next) => (areaOf(next) < areaOf(best) ? next : best)));
}

function rectangleAlong(hull: readonly Point[], angle: number): Rectangle {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const us = hull.map(([x, y]) => x * cos + y * sin);
  const vs = hull.map(([x, y]) => y * cos - x * sin);
  const [left, right, top, bottom] = [
    Math.min(...us),
    Math.max(...us),
    Math.min(...vs),
    Math.max(...vs),
  ];
  const [u, v] = [(left + right) / 2, (top + bottom) / 2];
  return {
    centre: [u * cos - v * sin, u * sin + v * cos],
    width: right - left,
    height: bottom - top,
    angle,
  };
}

/** The same rectangle, described from the side that is nearest to level. */
function levelled({ centre, width, height, angle }: Rectangle): Rectangle {
  const quarters = Math.ceil(angle / (Math.PI / 2) - 0.5);
  const isOdd = quarters % 2 !== 0;
  return {
    centre,
    width: isOdd ? height : width,
    height: isOdd ? width : height,
    angle: angle - (quarters * Math.PI) / 2,
  };
}

/** Each side moved outwards by area x `ratio` / perimeter: what detectors of shrunken text undo. Liao et al. 2019, arXiv:1911.08947 */
export function unclip(rectangle: Rectangle, ratio: number): Rectangle {
  const { width, height } = rectangle;
  const distance = (width * height * ratio) / (2 * (width + height));
  return { ...rectangle, width: width + 2 * distance, height: height + 2 * distance };
}

/** Clockwise from the top left one. */
export function cornersOf({ centre: [x, y], width, height, angle }: Rectangle): readonly Point[] {
  const [ux, uy] = [(Math.cos(angle) * width) / 2, (Math.sin(angle) * width) / 2];
  const [vx, vy] = [(-Math.sin(angle) * height) / 2, (Math.cos(angle) * height) / 2];
  return [
    [x - ux - vx, y - uy - vy],
    [x + ux - vx, y + uy - vy],
    [x + ux + vx, y + uy + vy],
    [x - ux + vx, y - uy + vy],
  ];
}
