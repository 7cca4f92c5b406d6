// Text with a URL in each line -> the URLs, and the lines that are none.
import { messages } from "../messages.ts";

const text = messages.uploads;
/** As the server. */
const LENGTH_MAX = 8192;
export const URLS_MAX = 10_000;

type BadLine = { readonly line: number; readonly given: string; readonly reason: string };

export type UrlList = {
  readonly urls: readonly string[];
  /** Lines that say a URL again; they are left out unless duplicates are wanted. */
  readonly repeated: number;
  readonly bad: readonly BadLine[];
};

/** Empty lines, spaces around URLs and commas behind them do not count. */
export function readUrls(given: string, areDuplicatesAllowed: boolean): UrlList {
  const urls: string[] = [];
  const bad: BadLine[] = [];
  for (const [index, whole] of given.split(/\r?\n/).entries()) {
    const line = whole.trim().replace(/[,;]$/, "");
    if (line === "") continue;
    const reason = whyBad(line);
    if (reason) bad.push({ line: index + 1, given: line, reason });
    else urls.push(line);
  }
  const once = [...new Set(urls)];
  return {
    urls: areDuplicatesAllowed ? urls : once,
    repeated: areDuplicatesAllowed ? 0 : urls.length - once.length,
    bad,
  };
}

function whyBad(line: string): string | undefined {
  if (line.length > LENGTH_MAX) return text.tooLongUrl;
  return /^https?:\/\/[^\s]+$/i.test(line) && URL.canParse(line) ? undefined : text.noUrl;
}

/** "example.com" if all are from there, else "". */
export function hostOf(urls: readonly string[]): string {
  const hosts = new Set(urls.map((url) => (URL.canParse(url) ? new URL(url).host : "")));
  return hosts.size === 1 ? ([...hosts][0] ?? "") : "";
}
