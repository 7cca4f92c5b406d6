// A labelled and captioned folder: index.tsv (file, label, captions separated by " ||| ") beside images.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../src/errors.ts";

export type Photo = {
  readonly file: string;
  /** Of one that is drawn and in no file. */
  readonly bytes?: Uint8Array;
  readonly label: string;
  readonly captions: readonly string[];
};

/** @throws AppError "file_unreadable" naming index.tsv */
export function readPhotos(folder: string): readonly Photo[] {
  const index = join(folder, "index.tsv");
  if (!existsSync(index)) {
    throw new AppError(
      "file_unreadable",
      `Expected a table of images for ${index} but there is none. Name a folder with --photos.`,
    );
  }
  const [, ...lines] = readFileSync(index, "utf8").trim().split("\n");
  return lines.map((line) => {
    const [file = "", label = "", captions = ""] = line.split("\t");
    return {
      file: join(folder, file),
      label: label.trim(),
      captions: captions
        .split("|||")
        .map((caption) => caption.trim())
        .filter(Boolean),
    };
  });
}
