// SentencePiece's own normalisation, by the table inside tokenizer.json (precompiled_charsmap): a double-array trie
// (github.com/s-yata/darts-clone) of what is replaced, then the replacements, each ended by a zero byte.
import { AppError } from "../errors.ts";

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
/** Longer groups of letters and marks are replaced letter by letter, as in github.com/huggingface/tokenizers. */
const GROUP_BYTES = 6;

/** The normalisation of a table in base64. @throws AppError "model_unavailable" if it is cut off */
export function precompiled(charsmap: string): (text: string) => string {
  const replace = readTable(Buffer.from(charsmap, "base64"));
  const letters = (group: string) =>
    Array.from(group, (letter) => replace(Buffer.from(letter)) ?? letter).join("");
  return (text) =>
    Array.from(graphemes.segment(text), ({ segment }) => {
      const bytes = Buffer.from(segment);
      return (bytes.length < GROUP_BYTES ? replace(bytes) : undefined) ?? letters(segment);
    }).join("");
}

// -> what stands for the bytes' shortest prefix in the trie, undefined if there is none
function readTable(table: Buffer): (key: Buffer) => string | undefined {
  const trieBytes = table.length < 4 ? 0 : table.readUInt32LE(0);
  if (trieBytes < 4 || 4 + trieBytes > table.length) {
    throw new AppError(
      "model_unavailable",
      `Expected a table of ${trieBytes} bytes for precompiled_charsmap in tokenizer.json but received ${table.length} bytes.`,
    );
  }
  const units = new Uint32Array(new Uint8Array(table.subarray(4, 4 + trieBytes)).buffer);
  const texts = table.subarray(4 + trieBytes);
  return (key) => {
    const start = shortestPrefix(units, key);
    return start === undefined ? undefined : texts.toString("utf8", start, texts.indexOf(0, start));
  };
}

// A unit: bits 0-7 and 31 the label, bit 8 whether a word ends here, bits 10-30 the way to its children, bit 9 a
// factor of 256 for it; a leaf holds its value.
function shortestPrefix(units: Uint32Array, key: Buffer): number | undefined {
  let at = childrenOf(units[0]!);
  for (const byte of key) {
    at ^= byte;
    const unit = units[at] ?? 0;
    if (byte === 0 || (unit & 0x8000_00ff) !== byte) return undefined;
    at ^= childrenOf(unit);
    if (unit & 0x100) return units[at]! & 0x7fff_ffff;
  }
  return undefined;
}

function childrenOf(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}
