// HEIC (iPhone photos) and BMP -> RGBA pixels, in a worker thread: sharp's prebuilt library has
// neither, and their decoders (WebAssembly, JavaScript) would block the event loop.
import type { Raw } from "./codec-worker.ts";
import type { Thread } from "./thread.ts";

const TIMEOUT_MS = 60_000;
const HEVC_BRANDS = new Set(["heic", "heix", "hevc", "hevx", "heim", "heis", "hevm", "hevs"]);

/** Which of our own codecs reads these bytes; undefined: sharp does. AVIF is sharp's. */
export function codecOf(bytes: Uint8Array): "heif" | "bmp" | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64)).toString(
    "latin1",
  );
  if (head.startsWith("BM")) return "bmp";
  if (head.slice(4, 8) !== "ftyp") return undefined;
  const length = Math.min(head.charCodeAt(3), 64);
  const brands = [head.slice(8, 12)];
  for (let at = 16; at + 4 <= length; at += 4) brands.push(head.slice(at, at + 4));
  const isHevc = brands.some((brand) => HEVC_BRANDS.has(brand));
  return isHevc && !brands.includes("avif") ? "heif" : undefined;
}

/** Decodes the first image: [H, W, 4] u8, upright as the file says. `codecs`: a "codec-worker" thread;
 *  one image at a time, which bounds memory.
 *  @throws AppError "image_too_large", "image_unreadable" */
export function decodeRaw(bytes: Uint8Array, codec: "heif" | "bmp", codecs: Thread): Promise<Raw> {
  return codecs.callInTurn<Raw>({ bytes, codec }, TIMEOUT_MS);
}
