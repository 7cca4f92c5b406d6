// The packs that there are: the built-in encoder, those of the manifest, and what else is installed.
import { readdir, stat } from "node:fs/promises";
import { knownBytes, type Pack, readManifest, variantOf } from "./manifest.ts";
import { BUILT_IN, isPackId, modelsFolder, packFolder } from "./pack-id.ts";
import { kindOfFolder, type PackKind } from "./pack-kind.ts";
import { fileIn } from "./pack-path.ts";
import { type PackRecord, readRecord } from "./pack-record.ts";

type PackState = "built in" | "installed" | "incomplete" | "available";

export type ListedPack = {
  readonly id: string;
  readonly kind: PackKind;
  readonly title: string;
  readonly state: PackState;
  /** Of the installed one, else the one that would be pulled. null: unknown. */
  readonly variant: string | null;
  /** On disk, else as far as the manifest knows. null: unknown. */
  readonly sizeBytes: number | null;
  /** Whether `sizeBytes` is all of it. */
  readonly isWholeSize: boolean;
  readonly licence: string | null;
  readonly languages: string | null;
  /** One line, of an encoder against the built-in one. */
  readonly description: string;
  readonly recommended: boolean;
  readonly dim: number | null;
  /** A page about it. */
  readonly url: string | null;
  readonly quality: readonly Pack["quality"][number][];
};

const COMPACT = {
  id: BUILT_IN,
  kind: "encoder",
  title: "Built-in encoder",
  state: "built in",
  variant: null,
  licence: "Apache-2.0",
  languages: "English",
  description: "Works offline from the first start; knows everyday scenes and things, few names.",
  recommended: false,
  dim: null,
  url: null,
  quality: [],
} as const;

const COMPACT_FILES = ["tokenizer.json", "onnx/vision_model.onnx", "onnx/text_model.onnx"];

/** Encoders and detectors: the built-in encoder first, then the manifest's order, then others by id. */
export async function listPacks(
  dataFolder: string,
  packs: readonly Pack[] = readManifest(),
): Promise<readonly ListedPack[]> {
  const names = await readdir(modelsFolder(dataFolder)).catch(() => []); // no folder yet
  const known = packs.map((pack) => listKnown(dataFolder, pack, names));
  const others = names
    .filter((name) => isPackId(name) && packs.every(({ id }) => id !== name))
    .sort()
    .map((id) => listOther(dataFolder, id));
  return Promise.all([listBuiltIn(dataFolder), ...known, ...others]);
}

async function listBuiltIn(dataFolder: string): Promise<ListedPack> {
  const folder = packFolder(dataFolder, BUILT_IN);
  const stats = await Promise.all(COMPACT_FILES.map((name) => stat(fileIn(folder, name))));
  const sizeBytes = stats.reduce((sum, { size }) => sum + size, 0);
  return { ...COMPACT, sizeBytes, isWholeSize: true };
}

async function listKnown(
  dataFolder: string,
  pack: Pack,
  names: readonly string[],
): Promise<ListedPack> {
  const { id, kind, title, licence, languages, description, recommended, dim, url, quality } = pack;
  const about = { title, licence, languages, description, recommended, dim, url, quality };
  const known = { id, kind, ...about };
  if (names.includes(id)) {
    return {
      ...known,
      state: "installed",
      ...ofRecord(await readRecord(packFolder(dataFolder, id))),
    };
  }
  const variant = variantOf(pack);
  return {
    ...known,
    state: names.includes(`${id}.part`) ? "incomplete" : "available",
    variant: variant.name,
    sizeBytes: knownBytes(variant) || null,
    isWholeSize: variant.files.every(({ sizeBytes }) => sizeBytes !== null),
  };
}

async function listOther(dataFolder: string, id: string): Promise<ListedPack> {
  const record = await readRecord(packFolder(dataFolder, id));
  return {
    id,
    kind: record?.kind ?? (await kindOfFolder(packFolder(dataFolder, id))),
    title: record?.title ?? id,
    state: "installed",
    ...ofRecord(record),
    licence: record?.licence ?? null,
    languages: null,
    description: record ? `From ${record.source}.` : "A folder without a record of its files.",
    recommended: false,
    dim: null,
    url: null,
    quality: [],
  };
}

function ofRecord(
  record: PackRecord | undefined,
): Pick<ListedPack, "variant" | "sizeBytes" | "isWholeSize"> {
  const sizeBytes = record?.files.reduce((sum, file) => sum + file.sizeBytes, 0) ?? null;
  return { variant: record?.variant ?? null, sizeBytes, isWholeSize: sizeBytes !== null };
}
