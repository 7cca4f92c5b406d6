// The uploads of one app: files that this page sends and URLs that the server fetches, with what an earlier visit left.
import type { Client } from "../../../src/client/client.ts";
import type { ClientError } from "../../../src/client/client-error.ts";
import { canKeep, createKeptUploads, type KeptUploads } from "./kept-uploads.ts";
import { createSendFile } from "./send-file.ts";
import { createUploadQueue, toRandomText, type UploadQueue } from "./upload-queue.ts";
import { createUrlJobs, type UrlJobs } from "./url-jobs.ts";

/** A page that was reloaded lets go of its uploads a little after the new one began. */
const SECOND_LOOK_MS = 2000;

type Uploads = { readonly uploads: UploadQueue; readonly urlJobs: UrlJobs };

/** `onChange` is told whenever the server has more than before; `onError` about each call that failed. */
export function createUploads(
  appId: string,
  client: Client,
  onChange: () => void,
  onError: (error: ClientError) => void,
): Uploads {
  const keeper = canKeep()
    ? createKeptUploads(appId, toRandomText(), () => uploads.changed())
    : undefined;
  const uploads = createUploadQueue(createSendFile(client), onChange, onError, keeper);
  const urlJobs = createUrlJobs(client, onChange, onError, keeper);
  if (keeper) goOn(keeper, { uploads, urlJobs });
  return { uploads, urlJobs };
}

// A page that is looked at takes what others, closed meanwhile, have left.
function goOn(keeper: KeptUploads, { uploads, urlJobs }: Uploads): void {
  const take = async () => {
    try {
      const kept = await keeper.takeOver();
      if (kept.uploads.length > 0) uploads.restore(kept.uploads);
      if (kept.jobs.length > 0) urlJobs.restore(kept.jobs);
    } catch {
      // A browser that stores nothing has nothing to go on with.
    }
  };
  void take();
  setTimeout(() => void take(), SECOND_LOOK_MS);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void take();
  });
}
