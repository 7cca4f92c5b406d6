// What a pull has to bring, whichever source it is from.
import type { Fetched, FileProgress } from "./download.ts";

export type PlannedFile = {
  /** In our folder. */
  readonly target: string;
  /** null: nobody states it. */
  readonly sha256: string | null;
  readonly sizeBytes: number | null;
  /** Whether a file that came from the same source before can stand for it. */
  readonly mayReuse: boolean;
  /** Brings it to the file `to`. */
  fetch(to: string, progress: FileProgress): Promise<Fetched>;
};

/** `source`: for the record. */
export type PullPlan = { readonly source: string; readonly files: readonly PlannedFile[] };
