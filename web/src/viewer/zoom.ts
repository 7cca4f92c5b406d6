// How a picture is shown on the stage: how large, and which part. Pure geometry: stage and picture in, place out.

export type Box = { readonly width: number; readonly height: number };

/** `scale` 1: the whole picture fits the stage. `x`, `y`: px from the middle of the stage to the middle of the picture. */
export type Zoom = { readonly scale: number; readonly x: number; readonly y: number };

export const WHOLE: Zoom = { scale: 1, x: 0, y: 0 };

const SCALE_MAX = 16;

/** The size of the whole picture on the stage. */
export function toFitted(picture: Box, stage: Box): Box {
  if (picture.width <= 0 || picture.height <= 0) return stage;
  const scale = Math.min(stage.width / picture.width, stage.height / picture.height);
  return { width: picture.width * scale, height: picture.height * scale };
}

/** Zooms so that what is at `point` (px from the middle of the stage) stays there. */
export function zoomAt(
  zoom: Zoom,
  factor: number,
  point: { readonly x: number; readonly y: number },
  fitted: Box,
  stage: Box,
): Zoom {
  const scale = Math.max(1, Math.min(SCALE_MAX, zoom.scale * factor));
  const grown = scale / zoom.scale;
  const x = point.x - (point.x - zoom.x) * grown;
  const y = point.y - (point.y - zoom.y) * grown;
  return within({ scale, x, y }, fitted, stage);
}

export function movedBy(zoom: Zoom, dx: number, dy: number, fitted: Box, stage: Box): Zoom {
  return within({ ...zoom, x: zoom.x + dx, y: zoom.y + dy }, fitted, stage);
}

/** The scale at which a pixel of the picture is one of the screen; at least twice the whole. */
export function toDetailScale(picture: Box, fitted: Box): number {
  return Math.min(SCALE_MAX, Math.max(2, picture.width / Math.max(1, fitted.width)));
}

// No gap between the picture and the edge of the stage, unless the picture is smaller than the stage.
function within({ scale, x, y }: Zoom, fitted: Box, stage: Box): Zoom {
  const mostX = Math.max(0, (fitted.width * scale - stage.width) / 2);
  const mostY = Math.max(0, (fitted.height * scale - stage.height) / 2);
  return { scale, x: clamp(x, mostX), y: clamp(y, mostY) };
}

function clamp(offset: number, most: number): number {
  return Math.max(-most, Math.min(most, offset)) + 0; // no negative zero
}
