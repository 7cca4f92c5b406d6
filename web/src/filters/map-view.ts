// Which part of the world a map shows, and where a place lies on it. Equirectangular: a box of degrees is a box on the
// map, and the world repeats to the east and the west. Near the poles a degree of longitude is shorter than one of
// latitude: the closer the map, the more it is stretched to the true shape of its middle.

export type Place = { readonly latitude: number; readonly longitude: number };
/** A west greater than the east: across the date line. */
export type Box = {
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
};
/** What is in the middle; `zoom` 1: the world fills the map, on a high one a part of it. */
export type View = Place & { readonly zoom: number };
export type Size = { readonly width: number; readonly height: number };
/** Pixels, from the top left. */
export type Point = { readonly x: number; readonly y: number };

export const ZOOM_MAX = 4096;
/** What is looked at for the first time keeps its surroundings. */
const FIT_ZOOM_MAX = 24;
const FIT_SHARE = 0.8;
const STRETCH_LATITUDE_MAX = 75;
/** A box smaller than this is a speck. */
const SEEN_PX = 12;

export const WORLD: View = { latitude: 15, longitude: 0, zoom: 1 };

/** Pixels of one degree. */
export function toScale({ latitude, zoom }: View, size: Size): Point {
  const x = filling(size) * zoom;
  const closeness = clamp(Math.log2(zoom) / 3, 0, 1);
  const upright = Math.min(Math.abs(latitude), STRETCH_LATITUDE_MAX);
  return { x, y: x * (1 + (1 / Math.cos((upright * Math.PI) / 180) - 1) * closeness) };
}

function filling({ width, height }: Size): number {
  const whole = width / 360;
  return Math.max(whole, Math.min(height / 180, 2 * whole));
}

/** All longitudes are in sight; at most 1. */
export function leastZoom(size: Size): number {
  return size.width === 0 ? 1 : size.width / 360 / filling(size);
}

/** The one that is nearest to the middle. */
export function toPoint(view: View, size: Size, { latitude, longitude }: Place): Point {
  const scale = toScale(view, size);
  return {
    x: size.width / 2 + wrapped(longitude - view.longitude) * scale.x,
    y: size.height / 2 - (latitude - view.latitude) * scale.y,
  };
}

/** The longitude may lie beyond the date line: -190 is 170. */
export function toPlace(view: View, size: Size, { x, y }: Point): Place {
  const scale = toScale(view, size);
  const latitude = view.latitude - (y - size.height / 2) / scale.y;
  return {
    latitude: clamp(latitude, -90, 90),
    longitude: view.longitude + (x - size.width / 2) / scale.x,
  };
}

export function moved(view: View, size: Size, by: Point): View {
  const scale = toScale(view, size);
  const latitude = view.latitude + by.y / scale.y;
  return inWorld({ ...view, latitude, longitude: view.longitude - by.x / scale.x }, size);
}

/** What is at `at` stays there. */
export function zoomed(view: View, size: Size, factor: number, at: Point): View {
  const zoom = clamp(view.zoom * factor, leastZoom(size), ZOOM_MAX);
  const place = toPlace(view, size, at);
  let next: View = { ...view, zoom };
  // The stretch depends on the middle, which depends on the stretch.
  for (let step = 0; step < 4; step++) {
    const scale = toScale(next, size);
    const latitude = place.latitude + (at.y - size.height / 2) / scale.y;
    const longitude = place.longitude - (at.x - size.width / 2) / scale.x;
    next = { latitude: clamp(latitude, -90, 90), longitude, zoom };
  }
  return inWorld(next, size);
}

/** Shows all of a box with some room around it. `share`: of the map, that it may take. */
export function fitted(box: Box, size: Size, share = FIT_SHARE): View {
  const [width, height] = [spanOf(box), box.north - box.south];
  const middle = {
    latitude: (box.south + box.north) / 2,
    longitude: wrapped(box.west + width / 2),
  };
  let zoom = FIT_ZOOM_MAX;
  for (let step = 0; step < 4; step++) {
    const scale = toScale({ ...middle, zoom }, size);
    const room = Math.min(
      (size.width * share) / Math.max(width * scale.x, 1e-9),
      (size.height * share) / Math.max(height * scale.y, 1e-9),
    );
    zoom = clamp(zoom * room, leastZoom(size), FIT_ZOOM_MAX);
  }
  return inWorld({ ...middle, zoom }, size);
}

/** The smallest box around all places: it crosses the date line where that makes it smaller. */
export function toBoxAround(places: readonly Place[]): Box | undefined {
  if (places.length === 0) return undefined;
  const latitudes = places.map(({ latitude }) => latitude);
  const longitudes = places.map(({ longitude }) => longitude).sort((a, b) => a - b);
  // The box is what is left of the circle without its widest gap.
  let [west, east] = [longitudes[0] ?? 0, longitudes.at(-1) ?? 0];
  let widest = 360 - (east - west);
  for (let i = 1; i < longitudes.length; i++) {
    const [before, after] = [longitudes[i - 1]!, longitudes[i]!];
    if (after - before <= widest) continue;
    [widest, west, east] = [after - before, after, before];
  }
  return { south: Math.min(...latitudes), west, north: Math.max(...latitudes), east };
}

/** Between two corners as `toPlace` gives them, to four digits (11 m). */
export function toBox(a: Place, b: Place): Box {
  const [west, east] = [Math.min(a.longitude, b.longitude), Math.max(a.longitude, b.longitude)];
  const isRound = east - west >= 360;
  return {
    south: rounded(Math.min(a.latitude, b.latitude)),
    west: isRound ? -180 : rounded(wrapped(west)),
    north: rounded(Math.max(a.latitude, b.latitude)),
    east: isRound ? 180 : rounded(wrapped(east)),
  };
}

/** All of the box is on the map, and not too small to see. */
export function isInView(box: Box, view: View, size: Size): boolean {
  const scale = toScale(view, size);
  const left = toPoint(view, size, { latitude: box.north, longitude: box.west });
  const right = left.x + spanOf(box) * scale.x;
  const bottom = left.y + (box.north - box.south) * scale.y;
  const isInside = left.x >= 0 && left.y >= 0 && right <= size.width && bottom <= size.height;
  return isInside && Math.max(right - left.x, bottom - left.y) >= SEEN_PX;
}

/** Degrees from west to east. */
export function spanOf({ west, east }: Box): number {
  return west <= east ? east - west : east - west + 360;
}

/** -180 up to, not including, 180. */
function wrapped(longitude: number): number {
  return ((((longitude + 180) % 360) + 360) % 360) - 180;
}

function inWorld({ latitude, longitude, zoom }: View, size: Size): View {
  const half = size.height / 2 / toScale({ latitude, longitude, zoom }, size).y;
  const most = Math.max(0, 90 - half);
  return { latitude: clamp(latitude, -most, most), longitude: wrapped(longitude), zoom };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function rounded(degrees: number): number {
  return Math.round(degrees * 1e4) / 1e4;
}
