// Words for how a picture looks: the engine stores and filters by them, the API and its client say them.

export const PICTURE_SHAPES = ["landscape", "portrait", "square", "panorama"] as const;

export type PictureShape = (typeof PICTURE_SHAPES)[number];

/** In this order they are bits of `inputs.colours`, lowest first. */
export const COLOURS = [
  "red",
  "orange",
  "yellow",
  "green",
  "teal",
  "blue",
  "purple",
  "pink",
  "brown",
  "black",
  "grey",
  "white",
] as const;

export type Colour = (typeof COLOURS)[number];
