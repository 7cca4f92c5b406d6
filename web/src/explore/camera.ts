// Where on the map one looks: map coordinates <-> pixels of the canvas. All plain numbers.

export type Camera = {
  /** Pixels per unit of the map. */
  readonly scale: number;
  /** Where the map's origin lies, in pixels. */
  readonly left: number;
  readonly top: number;
};

export type Size = { readonly width: number; readonly height: number };
export type Place = { readonly x: number; readonly y: number };

const MARGIN_PX = 48;
/** Times the scale at which all is seen. */
const ZOOM_MAX = 400;
const ZOOM_MIN = 0.5;

/** Shows all points. */
export function whole(x: Float32Array, y: Float32Array, { width, height }: Size): Camera {
  const [left, right] = extent(x);
  const [top, bottom] = extent(y);
  const room = {
    width: Math.max(1, width - 2 * MARGIN_PX),
    height: Math.max(1, height - 2 * MARGIN_PX),
  };
  const scale = Math.min(room.width / (right - left || 1), room.height / (bottom - top || 1));
  return {
    scale,
    left: width / 2 - ((left + right) / 2) * scale,
    top: height / 2 - ((top + bottom) / 2) * scale,
  };
}

/** `factor` times as near, with the map under `at` (pixels) where it is. `whole`: the camera that shows all. */
export function zoomed(camera: Camera, factor: number, at: Place, whole: Camera): Camera {
  const wanted = camera.scale * factor;
  const scale = Math.min(whole.scale * ZOOM_MAX, Math.max(whole.scale * ZOOM_MIN, wanted));
  const by = scale / camera.scale;
  return {
    scale,
    left: at.x - (at.x - camera.left) * by,
    top: at.y - (at.y - camera.top) * by,
  };
}

export function moved(camera: Camera, x: number, y: number): Camera {
  return { ...camera, left: camera.left + x, top: camera.top + y };
}

/** Pixels -> map. */
export function toMap({ scale, left, top }: Camera, { x, y }: Place): Place {
  return { x: (x - left) / scale, y: (y - top) / scale };
}

/** Map -> pixels. */
export function toScreen({ scale, left, top }: Camera, { x, y }: Place): Place {
  return { x: x * scale + left, y: y * scale + top };
}

function extent(values: Float32Array): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : [0, 0];
}
