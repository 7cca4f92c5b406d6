// URLs of mirrored hosts -> files in folders of this machine, so that known addresses work without a network.
import { realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { AppError } from "../../errors.ts";
import { toSegments, type UrlMirror } from "../../url-settings.ts";
import { readImageFile } from "../files.ts";
import { type FetchFailure, tooLarge, unreachable } from "./fetch-failure.ts";

/** The mirror that stands for this URL, the one with the longest path first; undefined: none does. */
export function mirrorOf(url: URL, mirrors: readonly UrlMirror[]): UrlMirror | undefined {
  const segments = toSegments(url.pathname) ?? [];
  return mirrors
    .filter(
      ({ host, prefix }) => host === url.host && prefix.every((part, i) => part === segments[i]),
    )
    .sort((a, b) => b.prefix.length - a.prefix.length)[0];
}

/** The bytes of the file that a mirror has for this URL; the query is ignored.
 *  @throws FetchFailure "url_unreachable" if it has none, "image_too_large" */
export async function readMirrored(url: URL, mirror: UrlMirror): Promise<Uint8Array> {
  const segments = toSegments(url.pathname)?.slice(mirror.prefix.length) ?? [];
  // An encoded separator would make two names of one.
  if (segments.length === 0 || segments.some((segment) => /[/\\\0]|^\.\.?$/.test(segment))) {
    throw noFile();
  }
  try {
    const folder = await realpath(mirror.folder);
    const file = await realpath(join(folder, ...segments));
    if (file.startsWith(folder.endsWith(sep) ? folder : folder + sep)) {
      return await readImageFile(file);
    }
  } catch (cause) {
    if (cause instanceof AppError && cause.code === "image_too_large") throw tooLarge();
  }
  throw noFile();
}

function noFile(): FetchFailure {
  return unreachable("the folder that mirrors its host has no such file");
}
