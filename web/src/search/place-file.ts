// The gazetteer, which loads when a caption may name a place: with its reader a file of its own.
import gazetteerUrl from "../../../dist/sentence/gazetteer.json?url";
import { openGazetteer } from "../../../src/sentence/gazetteer.ts";
import { type FindPlace, placeFinder } from "../../../src/sentence/places.ts";

/** @throws Error where the file does not load */
export async function loadPlaces(signal: AbortSignal): Promise<FindPlace> {
  const reply = await fetch(gazetteerUrl, { signal });
  if (!reply.ok) throw new Error(`Expected the gazetteer but received HTTP ${reply.status}.`);
  return placeFinder(openGazetteer(await reply.json()));
}
