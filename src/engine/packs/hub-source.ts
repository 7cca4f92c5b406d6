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
  const sizes = createSizes(hub, signal);
  for (const file of files) planned.push(await planFile(hub, pack, file, sizes));
  return { source: hub.endpoint.href, files: planned };
}

async function planFile(
  hub: Hub,
  pack: Pack,
  file: PackFile,
  askSize: (url: URL) => Promise<number | null>,
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
    sizeBytes: file.sizeBytes ?? (await askSize(url)),
    mayReuse: true,
    fetch: (to, progress) => downloadFile(hub, remote, to, progress),
  };
}

// For the progress bar and the check of the disk only: a hub that cannot be reached is asked once, and the download
// will say why.
function createSizes(
  hub: Hub,
  signal: AbortSignal | undefined,
): (url: URL) => Promise<number | null> {
  let isReachable = true;
  return async (url) => {
    if (!isReachable) return null;
    try {
      return await fetchSize(hub, url, signal);
    } catch {
      signal?.throwIfAborted();
      isReachable = false;
      return null;
    }
  };
}

async function fetchSize(
  hub: Hub,
  url: URL,
  signal: AbortSignal | undefined,
): Promise<number | null> {
  const { status, headers, facts, body } = await askHub(hub, url, { method: "HEAD", signal });
  await body.dump();
  const length = status === 200 ? Number(headers["content-length"] ?? Number.NaN) : Number.NaN;
  return facts.sizeBytes ?? (Number.isSafeInteger(length) ? length : null);
}
