// The files of a plan -> the folder of a pack. Until all are there it is {id}.part, where a later pull goes on; what is
// installed already and intact is not fetched again.
import { copyFile, link, mkdir, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { requireSpace } from "./disk-space.ts";
import type { Fetched } from "./download.ts";
import { fileIn, PARTIAL } from "./pack-path.ts";
import {
  isSameContent,
  type PackRecord,
  readRecord,
  type StoredFile,
  writeRecord,
} from "./pack-record.ts";
import type { PlannedFile, PullPlan } from "./pull-plan.ts";
import { swapIn } from "./swap.ts";
import { checkFile } from "./verify.ts";

/** `wasThere`: nothing had to be fetched. */
export type Pulled = { readonly record: PackRecord; readonly wasThere: boolean };

/** `record`: what is known before the first file. */
type Asked = {
  readonly folder: string;
  readonly plan: PullPlan;
  readonly record: PackRecord;
  readonly signal?: AbortSignal | undefined;
  readonly report?: ((doneBytes: number, totalBytes: number) => void) | undefined;
};
type Job = Asked & {
  readonly part: string;
  readonly report: NonNullable<Asked["report"]>;
};

/** Puts the files of a plan into `folder`, all or none. @throws AppError "disk_full"; what their sources throw */
export async function install(asked: Asked): Promise<Pulled> {
  const { folder, plan, report = () => undefined } = asked;
  const job: Job = { ...asked, part: `${folder}.part`, report };
  const installed = await reusable(job, folder);
  if (installed.size === plan.files.length) {
    return { record: (await readRecord(folder)) as PackRecord, wasThere: true };
  }
  const begun = await reusable(job, job.part);
  if (begun.size === 0 && !(await isBegun(job)))
    await rm(job.part, { recursive: true, force: true });
  await mkdir(job.part, { recursive: true });
  const complete = await bringAll(job, installed, begun);
  await writeRecord(job.part, complete);
  await swapIn(job.part, folder);
  return { record: complete, wasThere: false };
}

// Files of a folder, complete or not, that are what the plan asks for; each is read.
async function reusable(
  { plan, record, signal }: Job,
  folder: string,
): Promise<ReadonlyMap<string, StoredFile>> {
  const found = new Map<string, StoredFile>();
  const there = await readRecord(folder);
  if (!there || !isSameContent(there, record)) return found;
  for (const { target, sha256, mayReuse } of plan.files) {
    const stored = there.files.find((file) => file.target === target);
    if (!mayReuse || !stored || (sha256 !== null && sha256 !== stored.sha256)) continue;
    // What nobody could check is worth as much as its source.
    if (stored.checked === "none" && there.source !== record.source) continue;
    if ((await checkFile(folder, stored, { signal })) === "ok") found.set(target, stored);
  }
  return found;
}

// Of this content, though no file of it may be complete.
async function isBegun({ part, record }: Job): Promise<boolean> {
  const there = await readRecord(part);
  return there !== undefined && isSameContent(there, record);
}

async function bringAll(
  job: Job,
  installed: ReadonlyMap<string, StoredFile>,
  begun: ReadonlyMap<string, StoredFile>,
): Promise<PackRecord> {
  const { files } = job.plan;
  const missing = files.filter(({ target }) => !installed.has(target) && !begun.has(target));
  await requireSpace(job.part, await bytesToCome(job, missing));
  let draft: PackRecord = { ...job.record, files: [...begun.values()] };
  await writeRecord(job.part, draft);
  const sizes = files.map(({ sizeBytes }) => sizeBytes);
  const totalBytes = sizes.includes(null)
    ? 0
    : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  let doneBytes = [...begun.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  for (const file of files.filter(({ target }) => !begun.has(target))) {
    job.signal?.throwIfAborted();
    const onBytes = (bytes: number) => job.report(doneBytes + bytes, totalBytes);
    const fetched = await bring(job, file, installed.get(file.target), onBytes);
    doneBytes += fetched.sizeBytes;
    job.report(doneBytes, totalBytes);
    draft = addFile(draft, file.target, fetched);
    await writeRecord(job.part, draft);
  }
  return { ...draft, pulledAt: new Date().toISOString() };
}

async function bring(
  { folder, part, signal }: Job,
  file: PlannedFile,
  installed: StoredFile | undefined,
  onBytes: (bytes: number) => void,
): Promise<Fetched> {
  const to = fileIn(part, file.target);
  if (!installed) return file.fetch(to, { signal, onBytes });
  const source = fileIn(folder, file.target);
  await mkdir(dirname(to), { recursive: true });
  await rm(to, { force: true });
  await link(source, to).catch(() => copyFile(source, to)); // some disks know no links
  return { ...installed, commit: undefined };
}

function addFile(draft: PackRecord, target: string, { commit, ...fetched }: Fetched): PackRecord {
  const files = draft.files.filter((file) => file.target !== target);
  return {
    ...draft,
    commit: commit ?? draft.commit,
    files: [...files, { ...fetched, target }],
  };
}

async function bytesToCome({ part }: Job, missing: readonly PlannedFile[]): Promise<number> {
  let bytes = 0;
  for (const { target, sizeBytes } of missing) {
    const here = await stat(fileIn(part, target) + PARTIAL).catch(() => undefined);
    bytes += Math.max(0, (sizeBytes ?? 0) - (here?.size ?? 0));
  }
  return bytes;
}
