// Encoded bytes -> upright 8-bit sRGB, small enough to work with, alpha on white, first frame.
// sharp (libvips) decodes; codecs.ts helps out with HEIC and BMP.
import sharp, { type Sharp } from "sharp";
import { AppError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { codecOf, decodeRaw } from "./codecs.ts";
import type { Thread } from "./thread.ts";

/** Longest side of a decoded picture, which is also its thumbnail's: a tile of 250 px on a dense screen.
 *  Encoders of 224 and 256 px shrink it further; those above 288 px enlarge the shorter side of wide pictures. */
export const WORKING_SIDE_PX = 512;

const FORMATS = new Set(["jpeg", "png", "webp", "gif", "tiff", "avif"]);

/** An upright picture, reduced to the working size. */
export type Decoded = {
  /** [H, W, 3] u8, RGB, row-major. */
  readonly rgb: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Size of the original after EXIF orientation. */
  readonly originalWidthPx: number;
  readonly originalHeightPx: number;
  /** "jpeg", "png", "webp", "gif", "tiff", "avif", "heif", "bmp". */
  readonly format: string;
};

type Source = {
  readonly image: Sharp;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly format: string;
};

/** Decodes one image. `codecs`: the "codec-worker" thread, started only when it is needed; `sidePx`: the longest side wanted.
 *  @throws AppError "image_too_large", "image_unsupported", "image_unreadable" */
export async function decode(
  bytes: Uint8Array,
  codecs: Thread,
  sidePx: number = WORKING_SIDE_PX,
): Promise<Decoded> {
  checkSize(bytes);
  const source = await openSource(bytes, codecs);
  const { data, info } = await source.image
    .autoOrient()
    .resize(sidePx, sidePx, { fit: "inside", withoutEnlargement: true })
    .flatten({ background: "#fff" })
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch(throwUnreadable);
  return {
    rgb: data,
    widthPx: info.width,
    heightPx: info.height,
    originalWidthPx: source.widthPx,
    originalHeightPx: source.heightPx,
    format: source.format,
  };
}

function checkSize(bytes: Uint8Array): void {
  if (bytes.length === 0) {
    throw new AppError(
      "image_unreadable",
      "Expected an image but received an empty file (0 bytes).",
    );
  }
  if (bytes.length > LIMITS.imageBytes) {
    throw new AppError(
      "image_too_large",
      `Expected at most ${LIMITS.imageBytes} bytes for the image but received ${bytes.length}.`,
    );
  }
}

async function openSource(bytes: Uint8Array, codecs: Thread): Promise<Source> {
  const codec = codecOf(bytes);
  if (codec) {
    const { rgba, widthPx, heightPx } = await decodeRaw(bytes, codec, codecs);
    const image = sharp(rgba, { raw: { width: widthPx, height: heightPx, channels: 4 } });
    return { image, widthPx, heightPx, format: codec };
  }
  // limitInputPixels is off because libvips' message names no numbers; checkPixels does the same test
  // on the header, before any pixel is decoded.
  const image = sharp(bytes, { failOn: "error", limitInputPixels: false });
  const metadata = await image.metadata().catch(throwUnreadable);
  const format = metadata.format === "heif" ? "avif" : metadata.format;
  if (!FORMATS.has(format)) throw unsupported(format);
  const { width: widthPx, height: heightPx } = metadata.autoOrient;
  checkPixels(widthPx, heightPx);
  return { image, widthPx, heightPx, format };
}

function checkPixels(widthPx: number, heightPx: number): void {
  if (widthPx * heightPx <= LIMITS.imagePixels) return;
  throw new AppError(
    "image_too_large",
    `Expected at most ${LIMITS.imagePixels} pixels for the image but received ${widthPx} x ${heightPx}.`,
  );
}

function throwUnreadable(cause: Error): never {
  if (/unsupported image format/i.test(cause.message)) throw unsupported("an unknown one");
  // libvips prefixes the failing operation; the first line is the reason.
  const reason = cause.message.split("\n")[0]?.replace(/^(Input (buffer|file) has )?/, "");
  throw new AppError(
    "image_unreadable",
    `Expected a readable image but received a damaged file: ${reason}.`,
    {
      cause,
    },
  );
}

function unsupported(format: string): AppError {
  return new AppError(
    "image_unsupported",
    `Expected JPEG, PNG, WebP, GIF, TIFF, BMP, AVIF or HEIC for the image format but received ${format}.`,
  );
}
