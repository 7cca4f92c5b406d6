// The map on its canvas: draws it when something changed, and knows what lies where. It owns the canvas; gestures.ts and
// the page tell it what to do.
import {
  type Camera,
  moved,
  type Place,
  type Size,
  toMap,
  toScreen,
  whole,
  zoomed,
} from "./camera.ts";
import { type ClusterName, type Label, labelAt, placeLabels } from "./labels.ts";
import { PointGrid } from "./point-grid.ts";
import { PointLayer, type PointStyle } from "./point-layer.ts";
import { ThumbnailImages } from "./thumbnail-images.ts";

export type MapPoints = {
  readonly ids: readonly string[];
  readonly x: Float32Array;
  readonly y: Float32Array;
};

/** Colours of what is no point, as CSS. */
export type MapTheme = {
  readonly label: string;
  readonly labelText: string;
  readonly accent: string;
  readonly accentSoft: string;
};

/** Points in sight from which on pictures take their place. */
const PICTURES_FROM = 250;
const PICTURE_PX = 56;
/** Fingers are wider than points. */
const REACH_PX = 12;
const NOTHING: MapPoints = { ids: [], x: new Float32Array(), y: new Float32Array() };
const NO_STYLE: PointStyle = {
  colours: new Uint32Array(),
  order: new Uint32Array(),
  large: new Uint8Array(),
  faint: new Uint8Array(),
};

export class MapView {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #layer = new PointLayer();
  readonly #images: ThumbnailImages;
  #points = NOTHING;
  #grid = new PointGrid(NOTHING.x, NOTHING.y);
  #style = NO_STYLE;
  #names: readonly ClusterName[] = [];
  #labels: readonly Label[] = [];
  #theme: MapTheme | undefined;
  #size: Size = { width: 1, height: 1 };
  #whole: Camera = { scale: 1, left: 0, top: 0 };
  #camera = this.#whole;
  #isWhole = true;
  #line: readonly Place[] = [];
  #pictured = new Map<number, Place>();
  #frame = 0;

  constructor(canvas: HTMLCanvasElement, toThumbnailUrl: (id: string) => string) {
    this.#canvas = canvas;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("Expected a 2D context for the canvas but received none.");
    this.#context = context;
    this.#images = new ThumbnailImages(toThumbnailUrl, () => this.#change());
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
  }

  setPoints(points: MapPoints): void {
    this.#points = points;
    this.#grid = new PointGrid(points.x, points.y);
    this.#resetCamera();
  }

  setStyle(style: PointStyle, names: readonly ClusterName[], theme: MapTheme): void {
    this.#style = style;
    this.#names = names;
    this.#theme = theme;
    this.#change();
  }

  setSize(size: Size): void {
    const ratio = window.devicePixelRatio;
    this.#canvas.width = Math.max(1, Math.round(size.width * ratio));
    this.#canvas.height = Math.max(1, Math.round(size.height * ratio));
    const [x, y] = [(size.width - this.#size.width) / 2, (size.height - this.#size.height) / 2];
    this.#size = size;
    if (this.#isWhole) this.#resetCamera();
    else {
      this.#whole = whole(this.#points.x, this.#points.y, size);
      this.move(x, y);
    }
  }

  move(x: number, y: number): void {
    this.#camera = moved(this.#camera, x, y);
    this.#isWhole = false;
    this.#change();
  }

  /** `at`: in pixels of the canvas; by default its middle. */
  zoom(factor: number, at = { x: this.#size.width / 2, y: this.#size.height / 2 }): void {
    this.#camera = zoomed(this.#camera, factor, at, this.#whole);
    this.#isWhole = false;
    this.#change();
  }

  reset(): void {
    this.#resetCamera();
  }

  /** Shows the line of a lasso, in pixels. */
  setLine(line: readonly Place[]): void {
    this.#line = line;
    this.#change();
  }

  /** Points within a line in pixels. */
  inside(line: readonly Place[]): readonly number[] {
    return this.#grid.inside(line.map((place) => toMap(this.#camera, place)));
  }

  /** The cluster whose name is at a place. */
  clusterAt(at: Place): number | undefined {
    return labelAt(this.#labels, at)?.id;
  }

  /** The point, or its picture, at a place. */
  pointAt(at: Place): number | undefined {
    const half = PICTURE_PX / 2;
    for (const [point, { x, y }] of this.#pictured) {
      if (Math.abs(x - at.x) <= half && Math.abs(y - at.y) <= half) return point;
    }
    return this.#grid.nearest(toMap(this.#camera, at), REACH_PX / this.#camera.scale);
  }

  /** Where a point is now, in pixels. */
  placeOf(point: number): Place {
    return toScreen(this.#camera, { x: this.#points.x[point]!, y: this.#points.y[point]! });
  }

  #resetCamera(): void {
    this.#whole = whole(this.#points.x, this.#points.y, this.#size);
    this.#camera = this.#whole;
    this.#isWhole = true;
    this.#change();
  }

  #change(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw(): void {
    const context = this.#context;
    const ratio = window.devicePixelRatio;
    const start = performance.now();
    context.setTransform(1, 0, 0, 1, 0, 0);
    const zoom = this.#camera.scale / this.#whole.scale;
    const radius = Math.min(6, baseRadius(this.#points.ids.length) * zoom ** 0.35);
    const style = this.#style.colours.length === this.#points.ids.length ? this.#style : NO_STYLE;
    this.#layer.draw(context, this.#camera, { ...this.#points, ...style }, { ratio, radius });
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#drawPictures();
    this.#drawLabels();
    this.#drawLine();
    // For whoever measures.
    this.#canvas.dataset.drawMs = (performance.now() - start).toFixed(1);
  }

  // Where few points are in sight each that has room shows its picture; those that do not fit stay points.
  #drawPictures(): void {
    this.#pictured = new Map();
    const inSight = this.#inSight();
    if (inSight.length > PICTURES_FROM || !this.#theme) return;
    const taken = new Set<string>();
    for (const point of inSight) {
      const at = this.placeOf(point);
      const [column, row] = [Math.round(at.x / PICTURE_PX), Math.round(at.y / PICTURE_PX)];
      const cell = `${column} ${row}`;
      if (taken.has(cell)) continue;
      taken.add(cell);
      const image = this.#images.get(this.#points.ids[point]!);
      if (!image) continue;
      // In the middle of its cell, so that no two lie over one another.
      const middle = { x: column * PICTURE_PX, y: row * PICTURE_PX };
      this.#pictured.set(point, middle);
      this.#drawPicture(image, middle, point);
    }
  }

  #drawPicture(image: HTMLImageElement, { x, y }: Place, point: number): void {
    const context = this.#context;
    const side = PICTURE_PX - 4;
    const cut = Math.min(image.naturalWidth, image.naturalHeight);
    const [left, top] = [(image.naturalWidth - cut) / 2, (image.naturalHeight - cut) / 2];
    context.save();
    context.globalAlpha = this.#style.faint[point] ? 0.25 : 1;
    context.beginPath();
    context.roundRect(x - side / 2, y - side / 2, side, side, 6);
    context.clip();
    context.drawImage(image, left, top, cut, cut, x - side / 2, y - side / 2, side, side);
    context.restore();
    if (!this.#style.large[point] || !this.#theme) return;
    context.strokeStyle = this.#theme.accent;
    context.lineWidth = 3;
    context.beginPath();
    context.roundRect(x - side / 2, y - side / 2, side, side, 6);
    context.stroke();
  }

  #drawLabels(): void {
    const context = this.#context;
    if (!this.#theme) return;
    context.font = "600 13px system-ui, sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    const measure = (text: string) => context.measureText(text).width;
    this.#labels = placeLabels(this.#names, this.#camera, this.#size, measure);
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = this.#theme.label;
    context.fillStyle = this.#theme.labelText;
    for (const { text, x, y } of this.#labels) {
      context.strokeText(text, x, y);
      context.fillText(text, x, y);
    }
  }

  #drawLine(): void {
    const [first, ...others] = this.#line;
    const context = this.#context;
    if (!first || !this.#theme) return;
    context.beginPath();
    context.moveTo(first.x, first.y);
    for (const { x, y } of others) context.lineTo(x, y);
    context.closePath();
    context.globalAlpha = 0.5;
    context.fillStyle = this.#theme.accentSoft;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = this.#theme.accent;
    context.lineWidth = 2;
    context.stroke();
  }

  // Points on the canvas, a few beside it among them; no more than it takes to know that there are too many.
  #inSight(): readonly number[] {
    const { width, height } = this.#size;
    const { x: left, y: top } = toMap(this.#camera, { x: 0, y: 0 });
    const { x: right, y: bottom } = toMap(this.#camera, { x: width, y: height });
    const seen: number[] = [];
    this.#grid.visit({ left, top, right, bottom }, (point) => {
      if (seen.length <= PICTURES_FROM) seen.push(point);
    });
    return seen;
  }
}

// The more points, the smaller each.
function baseRadius(count: number): number {
  return Math.min(5, Math.max(1, 60 / Math.sqrt(Math.max(1, count)) + 0.6));
}
