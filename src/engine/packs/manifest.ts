// models/manifest.json: the models that Semblance offers, where their files are, and what is known of each file.
// docs/models.md says where the figures come from.
import { readFileSync } from "node:fs";
import { z } from "zod";
import { AppError } from "../../errors.ts";
import { isPackId } from "./pack-id.ts";
import { PACK_KINDS } from "./pack-kind.ts";
import { isPackPath } from "./pack-path.ts";

/** Weights that may be used for any purpose; models for research only are not offered. */
const LICENCES = ["Apache-2.0", "MIT"] as const;
export const VARIANTS = ["fp32", "fp16", "int8"] as const;

const MANIFEST = new URL("../../../models/manifest.json", import.meta.url);

const repo = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*\/[A-Za-z0-9][A-Za-z0-9._-]*$/);
const revision = z.string().regex(/^[0-9a-f]{40}$/, "a commit");
const path = z.string().refine(isPackPath, "a path inside the folder");
const httpsUrl = z.url({ protocol: /^https$/ });

const fileSchema = z.strictObject({
  /** In the repository. */
  path,
  /** In our folder. */
  target: path,
  /** null: nobody states it; the hub's own answer is checked instead. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  sizeBytes: z.number().int().positive().nullable(),
  /** Where it is, if not in the pack's repository. */
  repo: repo.optional(),
  revision: revision.optional(),
});

const variantSchema = z.strictObject({
  name: z.enum(VARIANTS),
  files: z.array(fileSchema).min(1).max(32).refine(areTargetsUnique, "a target for each file"),
});

const packSchema = z
  .strictObject({
    id: z.string().refine(isPackId, "an id"),
    kind: z.enum(PACK_KINDS).default("encoder"),
    title: z.string().min(1).max(60),
    /** One line, of an encoder against the built-in one. */
    description: z.string().min(1).max(96),
    /** On the hub: owner/name. */
    repo,
    revision,
    /** A page about the model. */
    url: httpsUrl,
    licence: z.enum(LICENCES),
    /** Of captions. null: a detector reads none. */
    languages: z.string().min(1).max(30).nullable().default(null),
    /** Of its vectors. null: a detector makes none. */
    dim: z.number().int().min(2).max(4096).nullable().default(null),
    /** The encoder that is offered first. */
    recommended: z.boolean(),
    /** Published, not ours. */
    quality: z.array(
      z.strictObject({
        measure: z.string(),
        percent: z.number().min(0).max(100),
        source: httpsUrl,
      }),
    ),
    defaultVariant: z.enum(VARIANTS),
    variants: z.array(variantSchema).min(1),
  })
  .refine(hasDefault, "a default that is one of the variants, each of them once")
  .refine(isOfItsKind, "languages and dim for an encoder, neither for a detector, nor recommended");

const manifestSchema = z.strictObject({
  format: z.literal(1),
  packs: z
    .array(packSchema)
    .refine((packs) => isUnique(packs.map(({ id }) => id)), "ids once each"),
});

export type PackFile = z.infer<typeof fileSchema>;
export type Variant = z.infer<typeof variantSchema>;
export type Pack = z.infer<typeof packSchema>;
export type VariantName = (typeof VARIANTS)[number];

/** The packs of a manifest; `file`: another one than ours. @throws AppError "model_unavailable" naming the place */
export function readManifest(file: string | URL = MANIFEST): readonly Pack[] {
  const parsed = manifestSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (parsed.success) return parsed.data.packs;
  const issue = parsed.error.issues[0];
  throw new AppError(
    "model_unavailable",
    `Expected a valid ${issue?.path.join(".")} in ${file} but: ${issue?.message}.`,
  );
}

/** One variant of a pack. @throws AppError "invalid_request" naming those that there are */
export function variantOf(pack: Pack, name: string = pack.defaultVariant): Variant {
  const variant = pack.variants.find((one) => one.name === name);
  if (variant) return variant;
  const names = pack.variants.map((one) => one.name).join(", ");
  throw new AppError(
    "invalid_request",
    `Expected one of ${names} for the variant of ${pack.id} but received ${JSON.stringify(name)}.`,
  );
}

/** Bytes of a variant as far as they are known. */
export function knownBytes({ files }: Variant): number {
  return files.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
}

function isOfItsKind(pack: {
  readonly kind: string;
  readonly languages: string | null;
  readonly dim: number | null;
  readonly recommended: boolean;
}): boolean {
  const { kind, languages, dim, recommended } = pack;
  if (kind === "encoder") return languages !== null && dim !== null;
  return languages === null && dim === null && !recommended;
}

function hasDefault(pack: {
  readonly defaultVariant: string;
  readonly variants: readonly { readonly name: string }[];
}): boolean {
  const names = pack.variants.map(({ name }) => name);
  return isUnique(names) && names.includes(pack.defaultVariant);
}

function areTargetsUnique(files: readonly { readonly target: string }[]): boolean {
  return isUnique(files.map(({ target }) => target.toLowerCase()));
}

function isUnique(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
