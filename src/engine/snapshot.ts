// An index as one file, so that a restart needs neither the fp32 vectors nor quantising. Only a
// cache: whatever is wrong with the file, the caller rebuilds from the store. Little-endian:
//   header 64 bytes, space id (UTF-8, zeros up to a multiple of 64), row keys f64[count],
//   scales f32[count], codes i8[count, stride], CRC-32 of all before u32
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { AppError } from "../errors.ts";
import { CHUNK_MAX, type Chunk, type HeldChunk, isLive, setLive } from "./chunk.ts";
import type { ExactIndex } from "./nearest.ts";
import type { VectorMatrix } from "./vector-matrix.ts";

const MAGIC = "SMBLINDX";
// 2 would be: another header, another rotation or another quantisation in kernel/quantise.ts.
const VERSION = 1;
const HEADER_BYTES = 64;

type Header = {
  readonly dim: number;
  readonly count: number;
  readonly lastRow: number;
  readonly maxResidual: number;
  readonly space: string;
};

/** Writes the live rows of an index, as they are now, in place of `file`. `space` names the model
 *  and app that the vectors belong to. The index may change meanwhile. */
export async function saveSnapshot(file: string, index: ExactIndex, space: string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  const held = index.matrix.hold();
  try {
    const parts = snapshotParts(index.matrix, held, space);
    const handle = await open(temporary, "w");
    try {
      await writeAll(handle, parts);
      await handle.sync(); // else a power cut may leave the new name on empty blocks
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw AppError.from(error);
  } finally {
    index.matrix.release(held);
  }
}

/** Fills an empty index from `file`. False, with the index unchanged, when the file is missing,
 *  damaged, or of another version, dim or space. 1M x 384 in about 0.3 s from the page cache.
 *  @throws AppError "internal" if the index is not empty, or when memory is full. */
export async function loadSnapshot(
  file: string,
  index: ExactIndex,
  space: string,
): Promise<boolean> {
  const { matrix } = index;
  if (matrix.lastRow > 0) {
    throw new AppError(
      "internal",
      `Expected an empty index for snapshot ${file} but received one with rows up to ${matrix.lastRow}.`,
    );
  }
  const handle = await open(file, "r").catch(() => undefined);
  if (!handle) return false;
  const chunks: Chunk[] = [];
  try {
    const header = await readChunks(handle, matrix, space, chunks);
    if (!header) return false;
    matrix.adopt(chunks.splice(0), header.lastRow, header.maxResidual);
    return true;
  } finally {
    matrix.discard(chunks);
    await handle.close();
  }
}

// What the file consists of, in order. The live slots are taken at once, the bytes when they are
// written.
function snapshotParts(matrix: VectorMatrix, held: readonly HeldChunk[], space: string) {
  const chunks = held.map(({ chunk }) => ({ chunk, slots: liveSlots(chunk) }));
  const { dim, size, lastRow, maxResidual } = matrix;
  const header = toHeader({ dim, count: size, lastRow, maxResidual, space });
  return (function* () {
    yield header;
    for (const { chunk, slots } of chunks) yield gather(chunk.rows, slots, 1);
    for (const { chunk, slots } of chunks) yield gather(matrix.scalesOf(chunk), slots, 1);
    for (const { chunk, slots } of chunks)
      yield gather(matrix.codesOf(chunk), slots, matrix.stride);
  })();
}

async function writeAll(handle: FileHandle, parts: Iterable<Uint8Array>): Promise<void> {
  let checksum = 0;
  for (const part of parts) {
    if (part.length === 0) continue; // zlib's CRC of no bytes is 0, not the one so far
    checksum = crc32(part, checksum);
    await handle.writeFile(part);
  }
  await handle.writeFile(new Uint8Array(new Uint32Array([checksum]).buffer));
}

function liveSlots(chunk: Chunk): Uint32Array {
  const slots = new Uint32Array(chunk.liveCount);
  let count = 0;
  for (let slot = 0; slot < chunk.count; slot++) if (isLive(chunk, slot)) slots[count++] = slot;
  return slots;
}

// The bytes of the chosen rows of [n, width]; without a copy when they are the first ones.
function gather(
  values: Float64Array | Float32Array | Uint8Array,
  slots: Uint32Array,
  width: number,
): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const rowBytes = width * values.BYTES_PER_ELEMENT;
  if (slots.length === 0 || slots.at(-1) === slots.length - 1) {
    return bytes.subarray(0, slots.length * rowBytes);
  }
  const gathered = new Uint8Array(slots.length * rowBytes);
  slots.forEach((slot, i) => {
    gathered.set(bytes.subarray(slot * rowBytes, (slot + 1) * rowBytes), i * rowBytes);
  });
  return gathered;
}

// Reads and checks the whole file into new chunks, which the caller owns in any case.
async function readChunks(
  handle: FileHandle,
  matrix: VectorMatrix,
  space: string,
  chunks: Chunk[],
): Promise<Header | undefined> {
  const file = new ChecksummedFile(handle);
  const header = await readHeader(file, matrix, space);
  if (!header) return undefined;
  for (let rest = header.count; rest > 0; rest -= CHUNK_MAX) {
    chunks.push(matrix.open(Math.min(rest, CHUNK_MAX)));
  }
  const rows = new Float64Array(header.count);
  if (!(await file.read(rows))) return undefined;
  chunks.forEach((chunk, i) => {
    for (const row of rows.subarray(i * CHUNK_MAX, (i + 1) * CHUNK_MAX)) setLive(chunk, row);
  });
  for (const chunk of chunks) {
    if (!(await file.read(matrix.scalesOf(chunk)))) return undefined;
  }
  for (const chunk of chunks) {
    if (!(await file.read(matrix.codesOf(chunk)))) return undefined;
  }
  return (await file.hasChecksum()) ? header : undefined;
}

// Undefined unless magic, version, dim, space and the length of the file are those expected.
async function readHeader(
  file: ChecksummedFile,
  matrix: VectorMatrix,
  space: string,
): Promise<Header | undefined> {
  const bytes = new Uint8Array(HEADER_BYTES);
  if (!(await file.read(bytes))) return undefined;
  const view = new DataView(bytes.buffer);
  const header: Header = {
    dim: matrix.dim,
    count: view.getFloat64(24, true),
    lastRow: view.getFloat64(32, true),
    maxResidual: view.getFloat64(40, true),
    space,
  };
  const expected = toHeader(header);
  const found = new Uint8Array(expected.length);
  found.set(bytes);
  const isRead = await file.read(found.subarray(HEADER_BYTES));
  if (!isRead || Buffer.compare(found, expected) !== 0) return undefined;
  const rowBytes = 8 + 4 + matrix.stride;
  const isWhole = (await file.size()) === expected.length + header.count * rowBytes + 4;
  return isWhole ? header : undefined;
}

function toHeader({ dim, count, lastRow, maxResidual, space }: Header): Uint8Array {
  const name = new TextEncoder().encode(space);
  const bytes = new Uint8Array(HEADER_BYTES + Math.ceil(name.length / 64) * 64);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setUint32(8, VERSION, true);
  view.setUint32(12, dim, true);
  view.setUint32(16, name.length, true);
  view.setFloat64(24, count, true);
  view.setFloat64(32, lastRow, true);
  view.setFloat64(40, maxResidual, true);
  bytes.set(name, HEADER_BYTES);
  return bytes;
}

/** Reads a file from its start and keeps the CRC-32 of what it has read. */
class ChecksummedFile {
  readonly #handle: FileHandle;
  #checksum = 0;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async size(): Promise<number> {
    return (await this.#handle.stat()).size;
  }

  /** Fills `target`, in one read unless the system gives less; false at the end of the file or on
   *  an error. */
  async read(target: Uint8Array | Float64Array | Float32Array): Promise<boolean> {
    const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
    for (let done = 0; done < bytes.length; ) {
      const read = await this.#handle
        .read(bytes, done, bytes.length - done)
        .catch(() => ({ bytesRead: 0 }));
      if (read.bytesRead === 0) return false;
      done += read.bytesRead;
    }
    if (bytes.length > 0) this.#checksum = crc32(bytes, this.#checksum);
    return true;
  }

  /** Whether the next four bytes are the checksum of all before. */
  async hasChecksum(): Promise<boolean> {
    const expected = this.#checksum;
    const stored = new Uint8Array(4);
    return (await this.read(stored)) && new Uint32Array(stored.buffer)[0] === expected;
  }
}
