// A picture at a glance -> ThumbHash: the blurred picture that stands where its thumbnail is still on the way.
// https://evanw.github.io/thumbhash/
import { rgbaToThumbHash } from "thumbhash";
import type { Glance } from "./glance.ts";

/** About 25 bytes. */
export function toBlur({ rgba, widthPx, heightPx }: Glance): Uint8Array {
  return rgbaToThumbHash(widthPx, heightPx, rgba);
}
