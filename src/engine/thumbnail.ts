// A decoded picture -> its thumbnail: JPEG, because it encodes five times faster than WebP.
import sharp from "sharp";
import type { Decoded } from "./decode.ts";

/** [H, W, 3] u8 at the working size -> JPEG of the same size. */
export async function makeThumbnail(picture: Decoded): Promise<Uint8Array> {
  const raw = { width: picture.widthPx, height: picture.heightPx, channels: 3 } as const;
  return sharp(picture.rgb, { raw }).jpeg({ quality: 80 }).toBuffer();
}

/** Where an input's thumbnail is kept. */
export function thumbnailKey(app: number, inputRow: number): string {
  return `thumbnails/${app}/${Math.floor(inputRow / 1000)}/${inputRow}.jpg`;
}
