// vocabulary/names/LANGUAGE.txt -> what concepts of the vocabulary are called in other languages. Each line is
// "English name = name; other name"; written for this project. Concepts that are seen less often have English names alone.
import { readFile } from "node:fs/promises";

/** Of the names, as in ISO 639-1. */
export const LANGUAGES = ["de", "es", "fr", "it", "ja", "pt", "ru", "zh"] as const;

/** By language, then by English name; the first is the one to show. */
export type ConceptNames = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

export async function readConceptNames(): Promise<ConceptNames> {
  const all = LANGUAGES.map(async (language) => {
    const file = new URL(`./vocabulary/names/${language}.txt`, import.meta.url);
    return [language, parseNames(await readFile(file, "utf8"))] as const;
  });
  return new Map(await Promise.all(all));
}

export function parseNames(text: string): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  for (const line of text.split(/\r?\n/)) {
    const [english = "", others = ""] = line.split(" = ");
    const listed = others.split(";").map((name) => name.trim());
    if (others.trim() !== "") names.set(english.trim(), listed.filter(Boolean));
  }
  return names;
}

/** The language of "de", "de-AT" or "DE_at" that concepts have names in. "en" for English and for "". */
export function toLanguage(asked: string): string | undefined {
  const base = asked.toLowerCase().split(/[-_]/, 1)[0] || "en";
  return base === "en" || LANGUAGES.some((known) => known === base) ? base : undefined;
}

/** Those of an Accept-Language header that concepts have names in, best first; without English. */
export function acceptedLanguages(header: string | undefined): readonly string[] {
  const asked = (header ?? "")
    .slice(0, 1000)
    .split(",")
    .map((part) => {
      const [tag = "", quality = "q=1"] = part.trim().split(/\s*;\s*/);
      return { language: toLanguage(tag), quality: Number(quality.replace("q=", "")) || 0 };
    });
  const best = asked.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality);
  const known = best.flatMap(({ language }) => (language && language !== "en" ? [language] : []));
  return [...new Set(known)];
}
