// The gazetteer of the package -> what finds places in a caption.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { openGazetteer } from "./sentence/gazetteer.ts";
import { type FindPlace, placeFinder } from "./sentence/places.ts";

/** Undefined where there is none: then no words are places. Takes some 20 ms. */
export async function readPlaces(): Promise<FindPlace | undefined> {
  let text: string;
  try {
    text = await readFile(createRequire(import.meta.url).resolve("#gazetteer"), "utf8");
  } catch {
    return undefined; // not built
  }
  return placeFinder(openGazetteer(JSON.parse(text)));
}
