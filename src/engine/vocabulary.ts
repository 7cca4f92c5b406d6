// vocabulary/concepts.txt and public-ids.txt -> concepts with ids, synonyms and prompts. Each file says its own
// format.
import { createHash } from "node:crypto";
import { AppError } from "../errors.ts";
import type { Concept } from "./engine.ts";

/** A concept with the sentences that describe it to a text encoder. */
export type VocabularyEntry = Concept & {
  readonly synonyms: readonly string[];
  readonly category: string;
  /** Names of the concepts that it is a kind of. */
  readonly parents: readonly string[];
  /** Seen less often than others. */
  readonly isRare: boolean;
  readonly prompts: readonly string[];
  /** Ids that mean it, too: the one made of its name, and public ones of its synonyms. */
  readonly otherIds: readonly string[];
};

/** Before a concept that is seen less often. */
const RARE = "~ ";
/** In the place of parents: it has none, though its section has. */
const NO_PARENT = "-";

type Section = {
  readonly category: string;
  readonly parents: readonly string[];
  readonly templates: readonly string[];
};

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
    const [, category, parents = "", templates = ""] =
      /^\[([^\]<]+?)(?: < ([^\]]+))?\]\s*(.+)$/.exec(line) ?? [];
    if (category !== undefined) {
      section = { category, parents: listOf(parents, ","), templates: listOf(templates, "|") };
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

function toEntry(line: string, section: Section, publicIds: PublicIds): VocabularyEntry {
  const { category, templates } = section;
  const isRare = line.startsWith(RARE);
  const [words = "", kinds] = line.slice(isRare ? RARE.length : 0).split(" < ");
  const [name = "", others = ""] = words.split(":").map((part) => part.trim());
  const synonyms = listOf(others, ",");
  const parents = kinds === undefined ? section.parents : listOf(kinds, ",");
  const known = [name, ...synonyms].flatMap((word) => publicIds.get(word.toLowerCase()) ?? []);
  const [id = "", ...otherIds] = [...known, conceptId(name)];
  return {
    id,
    otherIds,
    name,
    source: "vocabulary",
    synonyms,
    category,
    isRare,
    parents: parents.filter((parent) => parent !== name && parent !== NO_PARENT),
    prompts: [
      ...(isRare ? templates.slice(0, 1) : templates).map((template) => fill(template, name)),
      ...synonyms.map((synonym) => fill(templates[0] as string, synonym)),
    ],
  };
}

function listOf(text: string, separator: string): readonly string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter(Boolean);
}

// "a {}" + "apple" -> "an apple"; "bat (animal)" -> "bat, animal", which tells encoders which one is meant.
function fill(template: string, name: string): string {
  const phrase = name.replace(/ \(([^)]+)\)/, ", $1");
  const isVowel = /^[aeiou](?!ni|ne|ur|se)/i.test(phrase);
  return template.replace(/\b([Aa]) \{\}/, isVowel ? "$1n {}" : "$1 {}").replace("{}", phrase);
}
