// vocabulary/concepts.txt and public-ids.txt -> concepts with ids, synonyms and prompts. Each file says its own
// format.
import { createHash } from "node:crypto";
import { AppError } from "../errors.ts";
import type { Concept } from "./engine.ts";

/** A concept with the sentences that describe it to a text encoder. */
export type VocabularyEntry = Concept & {
  readonly synonyms: readonly string[];
  readonly category: string;
  readonly prompts: readonly string[];
  /** Ids that mean it, too: the one made of its name, and public ones of its synonyms. */
  readonly otherIds: readonly string[];
};

type Section = { readonly category: string; readonly templates: readonly string[] };

/** Ids by name in lower case: first what bears the name itself. */
export type PublicIds = ReadonlyMap<string, readonly string[]>;

/** Parses the vocabulary.
 *  @throws AppError "internal" naming the line: the file is ours */
export function parseVocabulary(
  text: string,
  publicIds: PublicIds = new Map(),
): readonly VocabularyEntry[] {
  const entries: VocabularyEntry[] = [];
  let section: Section | undefined;
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === "" || line.startsWith("#")) return;
    const header = /^\[([^\]]+)\]\s*(.+)$/.exec(line);
    if (header) {
      section = {
        category: header[1] as string,
        templates: (header[2] as string).split("|").map((t) => t.trim()),
      };
      return;
    }
    if (!section)
      throw new AppError(
        "internal",
        `Expected a [category] before line ${index + 1} of the vocabulary.`,
      );
    entries.push(toEntry(line, section, publicIds));
  });
  return entries;
}

/** @throws AppError "internal" naming the line: the file is ours */
export function parsePublicIds(text: string): PublicIds {
  const ids = new Map<string, string[]>();
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === "" || line.startsWith("#")) return;
    const [, id, name, ours] = /^(ai_\w{8}) ([^=]+?)(?: = (.+))?$/.exec(line.trim()) ?? [];
    if (id === undefined || name === undefined)
      throw new AppError(
        "internal",
        `Expected an id and a name in line ${index + 1} of the public ids.`,
      );
    const key = (ours ?? name).toLowerCase();
    const known = ids.get(key) ?? [];
    ids.set(key, ours === undefined ? [id, ...known] : [...known, id]);
  });
  return ids;
}

/** Clarifai's shape of id: "ai_" and 8 characters; ours come from the name, so they never change. */
function conceptId(name: string): string {
  return `ai_${createHash("sha256").update(name).digest("base64url").replace(/[-_]/g, "x").slice(0, 8)}`;
}

function toEntry(
  line: string,
  { category, templates }: Section,
  publicIds: PublicIds,
): VocabularyEntry {
  const [name = "", others = ""] = line.split(":").map((part) => part.trim());
  const synonyms = others
    .split(",")
    .map((synonym) => synonym.trim())
    .filter(Boolean);
  const known = [name, ...synonyms].flatMap((word) => publicIds.get(word.toLowerCase()) ?? []);
  const [id = "", ...otherIds] = [...known, conceptId(name)];
  return {
    id,
    otherIds,
    name,
    source: "vocabulary",
    synonyms,
    category,
    prompts: [
      ...templates.map((template) => fill(template, name)),
      ...synonyms.map((synonym) => fill(templates[0] as string, synonym)),
    ],
  };
}

// "a {}" + "apple" -> "an apple"; "bat (animal)" -> "bat, animal", which tells encoders which one is meant.
function fill(template: string, name: string): string {
  const phrase = name.replace(/ \(([^)]+)\)/, ", $1");
  const isVowel = /^[aeiou](?!ni|ne|ur|se)/i.test(phrase);
  return template.replace(/\b([Aa]) \{\}/, isVowel ? "$1n {}" : "$1 {}").replace("{}", phrase);
}
