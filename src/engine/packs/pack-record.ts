// pack.json in the folder of a pack: what it is, where it came from, and the digest of every file in it. While a
// pack is pulled, the same record in the unfinished folder says which files are complete.
import { open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { PACK_KINDS } from "./pack-kind.ts";
import { isPackPath, PARTIAL, RECORD } from "./pack-path.ts";

const fileSchema = z.object({
  target: z.string().refine(isPackPath),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z.number().int().min(0),
  /** Whose word the digest was compared with when the file came: the manifest's, the hub's, nobody's. */
  checked: z.enum(["manifest", "hub", "none"]),
});

const recordSchema = z.object({
  format: z.literal(1),
  id: z.string(),
  /** Packs that came before there were detectors are encoders. */
  kind: z.enum(PACK_KINDS).default("encoder"),
  title: z.string(),
  /** null: a folder that was registered by hand. */
  variant: z.string().nullable(),
  repo: z.string().nullable(),
  revision: z.string().nullable(),
  /** What the hub said the revision is. */
  commit: z.string().nullable(),
  licence: z.string().nullable(),
  /** URL of the hub, or the folder that it was copied from. */
  source: z.string(),
  pulledAt: z.string(),
  files: z.array(fileSchema),
});

/** A file that is complete. */
export type StoredFile = z.infer<typeof fileSchema>;
export type PackRecord = z.infer<typeof recordSchema>;

/** undefined: there is none, or none that can be read. */
export async function readRecord(folder: string): Promise<PackRecord | undefined> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(join(folder, RECORD), "utf8")));
  } catch {
    return undefined;
  }
}

/** On disk when it returns; readers see the old or the new one. */
export async function writeRecord(folder: string, record: PackRecord): Promise<void> {
  const file = join(folder, RECORD);
  const handle = await open(file + PARTIAL, "w");
  try {
    await handle.writeFile(`${JSON.stringify(record, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(file + PARTIAL, file);
}

/** Whether two records describe the same content: a pull of one can go on with files of the other. */
export function isSameContent(one: PackRecord, other: PackRecord): boolean {
  return (
    one.id === other.id &&
    one.variant === other.variant &&
    one.repo === other.repo &&
    one.revision === other.revision
  );
}
