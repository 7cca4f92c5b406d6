// Worker thread of codecs.ts: encoded HEIC or BMP in, RGBA pixels out.
import { createRequire } from "node:module";
import { decode as decodeBmpFile } from "bmp-ts";
import { AppError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { serve } from "./thread.ts";

/** Decoded pixels, [H, W, 4] u8 RGBA. */
export type Raw = {
  readonly rgba: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
};

type HeifImage = {
  get_width(): number;
  get_height(): number;
  display(
    target: { data: Uint8ClampedArray; width: number; height: number },
    done: (ok: unknown) => void,
  ): void;
  free(): void;
};
type HeifDecoder = { decode(bytes: Uint8Array): HeifImage[] };
type LibHeif = { HeifDecoder: new () => HeifDecoder };

// One for all images: it frees an image's memory only when it decodes the next.
let decoder: HeifDecoder | undefined;

serve<undefined, { bytes: Uint8Array; codec: "heif" | "bmp" }>(
  async () =>
    async ({ bytes, codec }) => {
      const raw = await (codec === "heif" ? decodeHeif(bytes) : decodeBmp(bytes)).catch(endAfter);
      return { result: raw, transfer: [raw.rgba.buffer as ArrayBuffer] };
    },
);

// A WebAssembly that aborted cannot decode again: the answer goes out, then a fresh worker takes over.
function endAfter(cause: unknown): never {
  if (!(cause instanceof AppError)) setImmediate(() => process.exit(1));
  throw cause;
}

async function decodeHeif(bytes: Uint8Array): Promise<Raw> {
  decoder ??= openDecoder();
  const [image, ...others] = decoder.decode(bytes);
  for (const other of others) other.free();
  if (!image)
    throw new AppError(
      "image_unreadable",
      "Expected a readable HEIC image but received a damaged file.",
    );
  try {
    const width = image.get_width();
    const height = image.get_height();
    checkPixels(width, height);
    return { rgba: await render(image, width, height), widthPx: width, heightPx: height };
  } finally {
    image.free();
  }
}

function openDecoder(): HeifDecoder {
  const { HeifDecoder } = createRequire(import.meta.url)("libheif-js/wasm-bundle") as LibHeif;
  return new HeifDecoder();
}

function render(image: HeifImage, width: number, height: number): Promise<Uint8Array> {
  const target = { data: new Uint8ClampedArray(width * height * 4), width, height };
  return new Promise((resolve, reject) => {
    image.display(target, (ok) => {
      if (ok) resolve(new Uint8Array(target.data.buffer));
      else
        reject(
          new AppError(
            "image_unreadable",
            "Expected a readable HEIC image but its pixels are damaged.",
          ),
        );
    });
  });
}

// The size is read before decoding: bmp-ts allocates whatever the header claims.
async function decodeBmp(bytes: Uint8Array): Promise<Raw> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < 26)
    throw new AppError("image_unreadable", "Expected a BMP header but the file ends early.");
  checkPixels(file.readInt32LE(18), Math.abs(file.readInt32LE(22)));
  try {
    const { data, width, height } = decodeBmpFile(file, { toRGBA: true });
    return { rgba: opaque(new Uint8Array(data)), widthPx: width, heightPx: Math.abs(height) };
  } catch (cause) {
    throw new AppError(
      "image_unreadable",
      `Expected a readable BMP image but received: ${(cause as Error).message}.`,
      {
        cause,
      },
    );
  }
}

// Most 32-bit BMP files leave the fourth byte 0 and mean it as padding, not as transparency.
function opaque(rgba: Uint8Array): Uint8Array {
  for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255;
  return rgba;
}

function checkPixels(width: number, height: number): void {
  if (width > 0 && height > 0 && width * height <= LIMITS.imagePixels) return;
  throw new AppError(
    "image_too_large",
    `Expected at most ${LIMITS.imagePixels} pixels for the image but received ${width} x ${height}.`,
  );
}
