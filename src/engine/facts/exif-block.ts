// Encoded bytes -> the EXIF block in them, no larger than what is read in milliseconds, however hostile.
import sharp from "sharp";

/** A JPEG holds 64 KiB at most; elsewhere what lies behind is a preview. */
const MOST_BYTES = 128 * 1024;
/** Entries in one directory, directories, and numbers or letters in all values that are read of them together. */
const MOST_ENTRIES = 512;
const MOST_DIRECTORIES = 4;
const MOST_VALUES = 16 * 1024;

/** Tags whose value is where another directory lies: EXIF, GPS, interoperability. */
const POINTERS: ReadonlySet<number> = new Set([0x8769, 0x8825, 0xa005]);
const LONG = 4;
const IFD = 13;

/** From its TIFF header on; undefined if there is none, or a hostile one. `tags`: the ones that will be read of it. */
export async function exifBlock(
  bytes: Uint8Array,
  tags: ReadonlySet<number>,
): Promise<Uint8Array | undefined> {
  const block = isTiff(bytes) ? bytes : await embedded(bytes); // a TIFF file itself is one
  return block && isTiff(block) && isHarmless(block, tags) ? block : undefined;
}

async function embedded(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  const { exif } = await sharp(bytes, { limitInputPixels: false }).metadata();
  if (!exif) return undefined;
  const start = exif.toString("latin1", 0, 4) === "Exif" ? 6 : 0;
  return exif.subarray(start, start + MOST_BYTES);
}

function isTiff(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 4)).toString("latin1");
  return head === "II*\0" || head === "MM\0*";
}

// A file of 20 MB may say that its camera's name is 20 MB long, and that many times over; a small one that a thousand
// directories lie in it, all at one place.
function isHarmless(bytes: Uint8Array, tags: ReadonlySet<number>): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittle = bytes[0] === 0x49;
  const directories = new Set([view.getUint32(4, isLittle)]);
  let values = 0;
  for (const offset of directories) {
    const entries = readDirectory(view, offset, isLittle);
    if (!entries || entries.some(isOddPointer)) return false;
    for (const { tag, count, at } of entries) {
      if (POINTERS.has(tag)) directories.add(at); // which the loop comes to, once
      if (tags.has(tag)) values += count;
    }
    if (directories.size > MOST_DIRECTORIES || values > MOST_VALUES) return false;
  }
  return true;
}

type Entry = {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** The value, or where it lies. */
  readonly at: number;
};

// Of another type it would be read as another number than here.
function isOddPointer({ tag, type, count }: Entry): boolean {
  return POINTERS.has(tag) && !(count === 1 && (type === LONG || type === IFD));
}

// As much as there is of it; undefined for one with too many entries.
function readDirectory(
  view: DataView,
  offset: number,
  isLittle: boolean,
): readonly Entry[] | undefined {
  const first = offset + 2;
  if (first > view.byteLength) return [];
  const count = view.getUint16(offset, isLittle);
  if (count > MOST_ENTRIES) return undefined;
  const whole = Math.min(count, Math.floor((view.byteLength - first) / 12));
  return Array.from({ length: whole }, (_, i) => {
    const entry = first + 12 * i;
    return {
      tag: view.getUint16(entry, isLittle),
      type: view.getUint16(entry + 2, isLittle),
      count: view.getUint32(entry + 4, isLittle),
      at: view.getUint32(entry + 8, isLittle),
    };
  });
}
