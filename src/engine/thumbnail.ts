// A decoded picture -> its thumbnail: JPEG, because it encodes five times faster than WebP.
import sharp from "sharp";
import type { Decoded } from "./decode.ts";

/** Longest side: a 200 px tile on a dense screen, with room for landscape formats. */
const THUMBNAIL_SIDE_PX = 480;

export async function makeThumbnail(picture: Decoded): Promise<Uint8Array> {
  const raw = { width: picture.widthPx, height: picture.heightPx, channels: 3 } as const;
  return sharp(picture.rgb, { raw })
    .resize(THUMBNAIL_SIDE_PX, THUMBNAIL_SIDE_PX, { fit: "inside", withoutEnlargement: true })
    .jpeg({ quality: 80 })
    .toBuffer();
}

/** Where an input's thumbnail is kept. */
export function thumbnailKey(app: number, inputRow: number): string {
  return `thumbnails/${app}/${Math.floor(inputRow / 1000)}/${inputRow}.jpg`;
}
