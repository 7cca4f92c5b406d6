// A decoded picture -> the few pixels that blur.ts and colours.ts look at.
import sharp from "sharp";
import type { Decoded } from "../decode.ts";

/** ThumbHash keeps 7 x 7 waves at most, and a share of 1 % is 40 pixels: more would only cost time. */
const SIDE_PX = 64;

/** [H, W, 4] u8, RGBA, opaque, at most 64 px. */
export type Glance = {
  readonly rgba: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
};

export async function shrink({
  rgb,
  widthPx,
  heightPx,
}: Pick<Decoded, "rgb" | "widthPx" | "heightPx">): Promise<Glance> {
  const raw = { width: widthPx, height: heightPx, channels: 3 } as const;
  const { data, info } = await sharp(rgb, { raw })
    .resize(SIDE_PX, SIDE_PX, { fit: "inside", withoutEnlargement: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { rgba: data, widthPx: info.width, heightPx: info.height };
}
