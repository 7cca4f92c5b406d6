// What a picture says of itself, besides its embedding: how it looks from afar, and what its camera wrote into it.
import type { Decoded } from "../decode.ts";
import type { Json } from "../engine.ts";
import type { Place } from "../place.ts";
import { toBlur } from "./blur.ts";
import { readCamera } from "./camera.ts";
import { coloursOf } from "./colours.ts";
import { shrink } from "./glance.ts";

/** Of the code in this folder: inputs that an older one looked at are looked at again. */
export const FACTS_VERSION = 1;

/** What is seen. */
export type Look = {
  /** ThumbHash, about 25 bytes. */
  readonly blur: Uint8Array;
  /** Bits by picture-words.ts COLOURS. */
  readonly colours: number;
};

/** What the camera wrote down. */
export type CameraFacts = {
  /** Its clock, read as UTC; null if it does not say. */
  readonly takenAt: Date | null;
  /** camera, lens, software, exposure ("1/250", seconds): text; iso, aperture, focal_length_mm: numbers. Only what
   *  is there. */
  readonly exif: Json;
  readonly place: Place | null;
};

/** Of a picture whose thumbnail is gone. */
export const UNSEEN = { blur: null, colours: 0 } as const;

export type Facts = (Look | typeof UNSEEN) & CameraFacts;

/** `bytes`: encoded; `picture`: the same, decoded. About 2 ms; what cannot be read is left out. */
export async function findFacts(bytes: Uint8Array, picture: Pixels): Promise<Facts> {
  const [look, camera] = await Promise.all([lookAt(picture), readCamera(bytes)]);
  return { ...look, ...camera };
}

type Pixels = Pick<Decoded, "rgb" | "widthPx" | "heightPx">;

/** [H, W, 3] u8 -> what is seen from afar. */
export async function lookAt(picture: Pixels): Promise<Look> {
  const small = await shrink(picture);
  return { blur: toBlur(small), colours: coloursOf(small) };
}
