// A file's place inside a pack: a path that stays inside, whoever wrote it.
import { join } from "node:path";

const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;
const DEPTH_MAX = 4;

/** Our own record of a pack. */
export const RECORD = "pack.json";
/** What a file is called until it is complete. */
export const PARTIAL = ".partial";

/** Relative, with "/", without "..", hidden files, and names that are ours. */
export function isPackPath(path: string): boolean {
  const segments = path.split("/");
  return (
    path.length <= 200 &&
    segments.length <= DEPTH_MAX &&
    segments.every((segment) => SEGMENT.test(segment) && !segment.endsWith(".")) &&
    path.toLowerCase() !== RECORD &&
    !path.includes(PARTIAL)
  );
}

/** The file of a path, on this system. */
export function fileIn(folder: string, path: string): string {
  return join(folder, ...path.split("/"));
}
