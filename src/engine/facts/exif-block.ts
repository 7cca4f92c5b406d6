// Encoded bytes -> the EXIF block in them, no larger than what is read in milliseconds, however hostile.
import sharp from "sharp";

/** A JPEG holds 64 KiB at most; elsewhere what lies behind is a preview. */
const MOST_BYTES = 128 * 1024;
/** Entries in one directory of a TIFF file, and of all values that are read from it together. */
const MOST_ENTRIES = 512;
const MOST_VALUES = 16 * 1024;

const EXIF_POINTER = 0x8769;
const GPS_POINTER = 0x8825;

/** From its TIFF header on; undefined if there is none. `tags`: the ones that will be read of it. */
export async function exifBlock(
  bytes: Uint8Array,
  tags: ReadonlySet<number>,
): Promise<Uint8Array | undefined> {
  if (isTiff(bytes)) return isHarmless(bytes, tags) ? bytes : undefined; // the file itself is the block
  const { exif } = await sharp(bytes, { limitInputPixels: false }).metadata();
  if (!exif) return undefined;
  const start = exif.toString("latin1", 0, 4) === "Exif" ? 6 : 0;
  return exif.subarray(start, start + MOST_BYTES);
}

function isTiff(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 4)).toString("latin1");
  return head === "II*\0" || head === "MM\0*";
}

// A file of 20 MB may say that its camera's name is 20 MB long, and that many times over.
function isHarmless(bytes: Uint8Array, tags: ReadonlySet<number>): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittle = bytes[0] === 0x49;
  const main = readDirectory(view, view.getUint32(4, isLittle), isLittle);
  const pointers = main.filter(({ tag }) => tag === EXIF_POINTER || tag === GPS_POINTER);
  const entries = [...main, ...pointers.flatMap(({ at }) => readDirectory(view, at, isLittle))];
  const values = entries
    .filter(({ tag }) => tags.has(tag))
    .reduce((sum, { count }) => sum + count, 0);
  return values <= MOST_VALUES;
}

/** `at`: the value, or where it lies. @throws RangeError where the file ends too early, or there are too many */
function readDirectory(view: DataView, offset: number, isLittle: boolean) {
  const count = view.getUint16(offset, isLittle);
  if (count > MOST_ENTRIES) throw new RangeError(`${count} entries`);
  return Array.from({ length: count }, (_, i) => {
    const entry = offset + 2 + 12 * i;
    return {
      tag: view.getUint16(entry, isLittle),
      count: view.getUint32(entry + 4, isLittle),
      at: view.getUint32(entry + 8, isLittle),
    };
  });
}
