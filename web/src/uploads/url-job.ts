// A list of URLs that the server fetches: as the tray draws it, and as it is kept.
import type { UploadedInput } from "../../../src/client/input.ts";
import type { UrlInput, UrlSettings } from "../../../src/client/input-jobs.ts";

export type UrlFailure = { readonly id: string; readonly name: string; readonly reason: string };

/** `key`: id of the server's job. "posting": the server learns what to fetch; "fetching": it does. */
export type UrlJob = {
  readonly key: string;
  readonly kind: "posting" | "fetching" | "over" | "failed";
  readonly urls: readonly UrlInput[];
  readonly settings: UrlSettings;
  /** How many of the URLs the server knows. */
  readonly posted: number;
  /** What it did not take. */
  readonly refused: readonly UploadedInput[];
  readonly added: number;
  readonly pending: number;
  /** What could not be fetched or indexed; the first ones. */
  readonly failures: readonly UrlFailure[];
  readonly failed: number;
  readonly isCancelled: boolean;
  /** Why posting failed; "" if it did not. */
  readonly reason: string;
};

export function isUnderWay({ kind }: UrlJob): boolean {
  return kind === "posting" || kind === "fetching";
}

export function duplicatesOf({ refused }: UrlJob): number {
  return refused.filter(({ outcome }) => outcome === "duplicate").length;
}

/** URLs about which nothing more will happen. */
export function doneOf(job: UrlJob): number {
  return job.added + job.failed + job.refused.length;
}

/** Every URL that is no picture of ours now, with the reason. */
export function failuresOf({ refused, failures }: UrlJob): readonly UrlFailure[] {
  const bad = refused.filter(({ outcome }) => outcome === "failed");
  return [...bad.map(({ name, reason }) => ({ id: "", name, reason })), ...failures];
}
