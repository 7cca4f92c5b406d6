// Where something is in a picture, and how far two places are the same.

/** A rectangle in parts of the picture's width and height, 0..1 from its upper left corner; left < right, top < bottom. */
export type Box = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

/** Something found: a class of the model, a confidence of 0..1, and where. */
export type Candidate = {
  readonly classId: number;
  readonly confidence: number;
  readonly box: Box;
};

/** From a centre and a size, all in one unit; what lies outside the picture stays outside. */
export function boxAround(x: number, y: number, width: number, height: number): Box {
  return {
    left: x - width / 2,
    top: y - height / 2,
    right: x + width / 2,
    bottom: y + height / 2,
  };
}

/** The part inside the picture; undefined if nothing of it is. */
export function clipBox(box: Box): Box | undefined {
  const clipped = {
    left: Math.max(0, box.left),
    top: Math.max(0, box.top),
    right: Math.min(1, box.right),
    bottom: Math.min(1, box.bottom),
  };
  return areaOf(clipped) > 0 ? clipped : undefined;
}

/** Intersection over union, 0..1. */
export function overlapOf(one: Box, other: Box): number {
  const shared = areaOf({
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  });
  return shared === 0 ? 0 : shared / (areaOf(one) + areaOf(other) - shared);
}

function areaOf({ left, top, right, bottom }: Box): number {
  return Math.max(0, right - left) * Math.max(0, bottom - top);
}
