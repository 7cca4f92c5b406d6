// RGB pictures -> the image tower's input, as preprocessor_config.json says.
import sharp from "sharp";
import type { Decoded } from "./decode.ts";
import type { PreprocessConfig } from "./preprocess-config.ts";

type Rgb = Pick<Decoded, "rgb" | "widthPx" | "heightPx">;

/** One picture as `pixel_values` of the model: [3, H, W] f32, row-major. */
export async function preprocess(picture: Rgb, config: PreprocessConfig): Promise<Float32Array> {
  const pixels = await resize(picture, config);
  return normalize(pixels, config);
}

// -> [H, W, 3] u8 of exactly the model's size
async function resize(picture: Rgb, config: PreprocessConfig): Promise<Uint8Array> {
  const { widthPx: width, heightPx: height } = config;
  const raw = { width: picture.widthPx, height: picture.heightPx, channels: 3 } as const;
  const image = sharp(picture.rgb, { raw });
  const target = config.resize;
  const isCropped = target && (target.widthPx !== width || target.heightPx !== height);
  if (!target || isCropped) return resizeThenCrop(picture, config);
  if (picture.widthPx === width && picture.heightPx === height) return picture.rgb;
  return image.resize(width, height, { fit: target.fit, kernel: config.kernel }).raw().toBuffer();
}

// CLIPImageProcessor: the shortest side to `resize`, then a centre crop; smaller pictures get black borders.
async function resizeThenCrop(picture: Rgb, config: PreprocessConfig): Promise<Uint8Array> {
  const raw = { width: picture.widthPx, height: picture.heightPx, channels: 3 } as const;
  const { resize: target, widthPx: width, heightPx: height } = config;
  const image = sharp(picture.rgb, { raw });
  const scaled = target
    ? await image
        .resize(target.widthPx, target.heightPx, {
          fit: target.fit === "cover" ? "outside" : "fill",
          kernel: config.kernel,
        })
        .raw()
        .toBuffer({ resolveWithObject: true })
    : {
        data: Buffer.from(picture.rgb),
        info: { width: picture.widthPx, height: picture.heightPx },
      };
  const { width: w, height: h } = scaled.info;
  // Two pipelines: within one, sharp extracts before it extends.
  const bordered = await sharp(scaled.data, { raw: { width: w, height: h, channels: 3 } })
    .extend({
      left: Math.max(0, Math.floor((width - w) / 2)),
      right: Math.max(0, Math.ceil((width - w) / 2)),
      top: Math.max(0, Math.floor((height - h) / 2)),
      bottom: Math.max(0, Math.ceil((height - h) / 2)),
    })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width: fullWidth, height: fullHeight } = bordered.info;
  const borderedRaw = { width: fullWidth, height: fullHeight, channels: 3 } as const;
  return sharp(bordered.data, { raw: borderedRaw })
    .extract({
      left: Math.max(0, Math.floor((w - width) / 2)),
      top: Math.max(0, Math.floor((h - height) / 2)),
      width,
      height,
    })
    .raw()
    .toBuffer();
}

// [H, W, 3] u8 -> [3, H, W] f32
function normalize(pixels: Uint8Array, config: PreprocessConfig): Float32Array {
  const area = config.widthPx * config.heightPx;
  const values = new Float32Array(3 * area);
  for (let c = 0; c < 3; c++) {
    const factor = config.scale / (config.std[c] as number);
    const shift = (config.mean[c] as number) / (config.std[c] as number);
    for (let i = 0; i < area; i++)
      values[c * area + i] = (pixels[3 * i + c] as number) * factor - shift;
  }
  return values;
}
