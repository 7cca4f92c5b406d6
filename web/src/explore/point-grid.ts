// Points in square cells: which lie near a place, or in a part of the map, without looking at all of them.
import type { Place } from "./camera.ts";

/** Points per cell, on average. */
const PER_CELL = 4;

export type Box = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

export class PointGrid {
  readonly #x: Float32Array;
  readonly #y: Float32Array;
  readonly #columns: number;
  readonly #rows: number;
  readonly #cell: number;
  readonly #left: number;
  readonly #top: number;
  /** Where the points of each cell begin in `order`. */
  readonly #starts: Uint32Array;
  readonly #order: Uint32Array;

  constructor(x: Float32Array, y: Float32Array) {
    this.#x = x;
    this.#y = y;
    const box = boxOf(x, y);
    const [width, height] = [box.right - box.left || 1, box.bottom - box.top || 1];
    this.#cell = Math.sqrt((width * height * PER_CELL) / Math.max(1, x.length));
    this.#columns = Math.floor(width / this.#cell) + 1;
    this.#rows = Math.floor(height / this.#cell) + 1;
    this.#left = box.left;
    this.#top = box.top;
    this.#starts = new Uint32Array(this.#columns * this.#rows + 1);
    this.#order = new Uint32Array(x.length);
    this.#fill();
  }

  /** The point nearest to a place, not farther than `within`; undefined if there is none. */
  nearest({ x, y }: Place, within: number): number | undefined {
    let best: number | undefined;
    let least = within * within;
    this.visit(
      { left: x - within, top: y - within, right: x + within, bottom: y + within },
      (i) => {
        const distance = (this.#x[i]! - x) ** 2 + (this.#y[i]! - y) ** 2;
        if (distance > least) return;
        least = distance;
        best = i;
      },
    );
    return best;
  }

  /** Points inside a closed line. */
  inside(line: readonly Place[]): number[] {
    const found: number[] = [];
    const box = boxOf(
      Float32Array.from(line, ({ x }) => x),
      Float32Array.from(line, ({ y }) => y),
    );
    this.visit(box, (i) => {
      if (isInside(this.#x[i]!, this.#y[i]!, line)) found.push(i);
    });
    return found;
  }

  /** Every point of the cells that a box touches: some lie a little beside it. */
  visit(box: Box, see: (point: number) => void): void {
    const [firstColumn, lastColumn] = [this.#columnOf(box.left), this.#columnOf(box.right)];
    for (let row = this.#rowOf(box.top); row <= this.#rowOf(box.bottom); row++) {
      const start = this.#starts[row * this.#columns + firstColumn]!;
      const end = this.#starts[row * this.#columns + lastColumn + 1]!;
      for (let i = start; i < end; i++) see(this.#order[i]!);
    }
  }

  // Counting sort by cell.
  #fill(): void {
    const cells = Uint32Array.from(this.#x, (x, i) => this.#cellOf(x, this.#y[i]!));
    for (const cell of cells) this.#starts[cell + 1]!++;
    for (let i = 1; i < this.#starts.length; i++) this.#starts[i]! += this.#starts[i - 1]!;
    const next = this.#starts.slice();
    cells.forEach((cell, point) => {
      this.#order[next[cell]!++] = point;
    });
  }

  #cellOf(x: number, y: number): number {
    return this.#rowOf(y) * this.#columns + this.#columnOf(x);
  }

  #columnOf(x: number): number {
    return Math.min(this.#columns - 1, Math.max(0, Math.floor((x - this.#left) / this.#cell)));
  }

  #rowOf(y: number): number {
    return Math.min(this.#rows - 1, Math.max(0, Math.floor((y - this.#top) / this.#cell)));
  }
}

// Crossings of a ray to the right: odd inside.
function isInside(x: number, y: number, line: readonly Place[]): boolean {
  let inside = false;
  let before = line.at(-1);
  for (const corner of line) {
    if (before && corner.y > y !== before.y > y) {
      const crossing = corner.x + ((y - corner.y) / (before.y - corner.y)) * (before.x - corner.x);
      if (x < crossing) inside = !inside;
    }
    before = corner;
  }
  return inside;
}

function boxOf(x: Float32Array, y: Float32Array): Box {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (let i = 0; i < x.length; i++) {
    box.left = Math.min(box.left, x[i]!);
    box.right = Math.max(box.right, x[i]!);
    box.top = Math.min(box.top, y[i]!);
    box.bottom = Math.max(box.bottom, y[i]!);
  }
  return x.length > 0 ? box : { left: 0, top: 0, right: 0, bottom: 0 };
}
