// What is read, and what reading gives.
import type { Point } from "./rectangle.ts";

/** Upright pixels, as decode.ts gives them. */
export type Picture = {
  /** [H, W, 3] u8, RGB, row-major. */
  readonly rgb: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
};

/** Sides of an upright rectangle, in 0..1 of the picture. */
type Box = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

/** One line of text. */
export type Line = {
  readonly text: string;
  readonly box: Box;
  /** The line itself, which may be tilted: clockwise from where the text begins at the top. 0..1 of the picture. */
  readonly corners: readonly Point[];
  /** Mean probability of its characters, 0..1. */
  readonly confidence: number;
};

export type Reading = {
  /** In reading order, at most `LIMITS.readingLines`. */
  readonly lines: readonly Line[];
  /** The lines, each ended by a line break but the last; at most `LIMITS.readingLength` characters. */
  readonly text: string;
  /** ISO 639-1, as far as script and common words tell it: see language.ts. */
  readonly language?: string;
};
