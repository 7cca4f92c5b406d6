// A model pack -> {data}/models/{id}: from the hub or from a folder.
import { AppError } from "../../errors.ts";
import { planFolder, planUnknown } from "./folder-source.ts";
import { type Env, type HUB_TIMES, isOffline, openHub } from "./hub.ts";
import { planHub } from "./hub-source.ts";
import { install, type Pulled } from "./install.ts";
import { type Pack, readManifest, VARIANTS, type VariantName, variantOf } from "./manifest.ts";
import { packFolder } from "./pack-id.ts";
import { kindOfFolder } from "./pack-kind.ts";
import { withPackLock } from "./pack-lock.ts";
import { type PackRecord, readRecord } from "./pack-record.ts";
import { recoverSwap } from "./swap.ts";

export type PullRequest = {
  readonly dataFolder: string;
  readonly id: string;
  /** Default: that of the installed one, else the pack's own. */
  readonly variant?: string | undefined;
  /** A folder to copy from instead of the hub. */
  readonly from?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Bytes so far, and in all; 0 if a size is unknown. */
  readonly report?: ((doneBytes: number, totalBytes: number) => void) | undefined;
  /** Proxy, mirror, token, offline mode. Default: none. */
  readonly env?: Env;
  /** Default: ours. */
  readonly packs?: readonly Pack[];
  readonly times?: Partial<typeof HUB_TIMES>;
};

/** Installs a pack; what it has fetched stays for the next try if it fails or is stopped.
 *  @throws AppError "not_found", "invalid_request", "data_folder_busy", "disk_full", "url_unreachable",
 *  "model_unavailable"; the signal's reason */
export async function pullPack(request: PullRequest): Promise<Pulled> {
  const { dataFolder, id, from, packs = readManifest() } = request;
  const pack = packs.find((one) => one.id === id);
  const folder = packFolder(dataFolder, id);
  if (!pack && from === undefined) throw unknownPack(id, packs);
  const variant = toVariantName(request.variant ?? (await installedVariant(folder, pack)), pack);
  return withPackLock(dataFolder, id, async () => {
    await recoverSwap(folder);
    if (from !== undefined) return pullFrom(request, folder, pack, variant, from);
    return pullFromHub(request, folder, pack as Pack, variant);
  });
}

async function pullFrom(
  request: PullRequest,
  folder: string,
  pack: Pack | undefined,
  variant: VariantName,
  from: string,
): Promise<Pulled> {
  const kind = pack?.kind ?? (await kindOfFolder(from));
  const plan = pack
    ? await planFolder(from, variantOf(pack, variant))
    : await planUnknown(from, kind, variant);
  const record = { ...toRecord(request.id, pack, variant, from), kind };
  return install({ ...request, folder, plan, record });
}

async function pullFromHub(
  request: PullRequest,
  folder: string,
  pack: Pack,
  variant: VariantName,
): Promise<Pulled> {
  const env = request.env ?? {};
  if (isOffline(env)) throw offline(pack.id);
  const hub = openHub(env, request.times);
  try {
    const plan = await planHub(hub, pack, variantOf(pack, variant), request.signal);
    const record = toRecord(pack.id, pack, variant, plan.source);
    return await install({ ...request, folder, plan, record });
  } finally {
    await hub.close();
  }
}

function toRecord(
  id: string,
  pack: Pack | undefined,
  variant: VariantName,
  source: string,
): PackRecord {
  return {
    format: 1,
    id,
    kind: pack?.kind ?? "encoder",
    title: pack?.title ?? id,
    variant,
    repo: pack?.repo ?? null,
    revision: pack?.revision ?? null,
    commit: null,
    licence: pack?.licence ?? null,
    source,
    pulledAt: new Date().toISOString(),
    files: [],
  };
}

async function installedVariant(
  folder: string,
  pack: Pack | undefined,
): Promise<string | undefined> {
  const name = (await readRecord(folder))?.variant ?? undefined;
  return !pack || pack.variants.some((one) => one.name === name) ? name : undefined;
}

function toVariantName(given: string | undefined, pack: Pack | undefined): VariantName {
  if (pack) return variantOf(pack, given).name;
  const name = VARIANTS.find((one) => one === (given ?? "fp32"));
  if (name) return name;
  throw new AppError(
    "invalid_request",
    `Expected one of ${VARIANTS.join(", ")} for the variant but received ${JSON.stringify(given)}.`,
  );
}

function unknownPack(id: string, packs: readonly Pack[]): AppError {
  return new AppError(
    "not_found",
    `Expected one of ${packs.map((pack) => pack.id).join(", ")} for the model to pull but received ${id}. ` +
      `A model in a folder of yours can take this name: semblance models pull ${id} --from FOLDER.`,
  );
}

function offline(id: string): AppError {
  return new AppError(
    "url_unreachable",
    `Expected to be allowed to download ${id} but offline mode is on. Unset SEMBLANCE_OFFLINE and HF_HUB_OFFLINE ` +
      `and leave --offline out, or copy it from a folder: semblance models pull ${id} --from FOLDER.`,
  );
}
