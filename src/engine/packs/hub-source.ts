// A variant of a pack -> a plan to download it; asks the hub for the sizes that the manifest does not know.
import { downloadFile, type RemoteFile } from "./download.ts";
import { type Hub, resolveUrl } from "./hub.ts";
import { askHub } from "./hub-request.ts";
import type { Pack, PackFile, Variant } from "./manifest.ts";
import type { PlannedFile, PullPlan } from "./pull-plan.ts";

/** @throws the signal's reason */
export async function planHub(
  hub: Hub,
  pack: Pack,
  { files }: Variant,
  signal: AbortSignal | undefined,
): Promise<PullPlan> {
  const planned: PlannedFile[] = [];
  for (const file of files) planned.push(await planFile(hub, pack, file, signal));
  return { source: hub.endpoint.href, files: planned };
}

async function planFile(
  hub: Hub,
  pack: Pack,
  file: PackFile,
  signal: AbortSignal | undefined,
): Promise<PlannedFile> {
  const { repo = pack.repo, revision = pack.revision, sha256, path, target } = file;
  const url = resolveUrl(hub, repo, revision, path);
  const remote: RemoteFile = {
    url,
    origin: `${repo}@${revision}/${path}`,
    sha256,
    sizeBytes: file.sizeBytes,
  };
  return {
    target,
    sha256,
    sizeBytes: file.sizeBytes ?? (await askSize(hub, url, signal)),
    mayReuse: true,
    fetch: (to, progress) => downloadFile(hub, remote, to, progress),
  };
}

// For the progress bar and the check of the disk only: if it fails, the download will say why.
async function askSize(
  hub: Hub,
  url: URL,
  signal: AbortSignal | undefined,
): Promise<number | null> {
  try {
    const { status, headers, facts, body } = await askHub(hub, url, { method: "HEAD", signal });
    await body.dump();
    const length = status === 200 ? Number(headers["content-length"] ?? Number.NaN) : Number.NaN;
    return facts.sizeBytes ?? (Number.isSafeInteger(length) ? length : null);
  } catch {
    signal?.throwIfAborted();
    return null;
  }
}
