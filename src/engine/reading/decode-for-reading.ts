// Encoded bytes -> pixels that are large enough to read in.
import { decode } from "../decode.ts";
import type { Thread } from "../thread.ts";
import type { Picture } from "./picture.ts";

/** Letters of a 200th of the longer side are still 8 px high; more costs time and memory for letters that are not located. */
export const READING_SIDE_PX = 1600;

/** As `decode`, with up to 1,600 px on the longer side (at most 7.7 MB).
 *  @throws AppError "image_too_large", "image_unsupported", "image_unreadable" */
export function decodeForReading(bytes: Uint8Array, codecs: Thread): Promise<Picture> {
  return decode(bytes, codecs, READING_SIDE_PX);
}
