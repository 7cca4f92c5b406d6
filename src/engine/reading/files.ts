// The files that reading needs: PaddleOCR's weights and the characters that they know, put beside the worker by the build.
import { access } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { AppError } from "../../errors.ts";

export type RecogniserFiles = {
  readonly graph: string;
  /** One character a line, in the order of the classes. */
  readonly characters: string;
};

/** A detector of lines, and recognisers: 185 Latin characters with diacritics; 6,623 Chinese and English ones. */
export const READING_FILES = {
  detector: "ch_PP-OCRv4_det_infer.onnx",
  latin: { graph: "latin_PP-OCRv3_rec_infer.onnx", characters: "latin_dict.txt" },
  chinese: { graph: "ch_PP-OCRv4_rec_infer.onnx", characters: "ch_dict.txt" },
} as const;

/** dist/engine/reading, from src/ (tests) and dist/ alike. */
export function readingFolder(): string {
  return dirname(createRequire(import.meta.url).resolve("#worker/reading/reading-worker"));
}

/** @throws AppError "model_unavailable" naming the first file that `folder` lacks */
export async function requireReadingFiles(folder: string): Promise<void> {
  const { detector, latin, chinese } = READING_FILES;
  const names = [detector, latin.graph, latin.characters, chinese.graph, chinese.characters];
  for (const name of names) {
    const file = join(folder, name);
    await access(file).catch((cause) => {
      throw new AppError(
        "model_unavailable",
        `Expected weights to read text for ${file} but received no such file. \`npm run build\` makes it.`,
        { cause },
      );
    });
  }
}
