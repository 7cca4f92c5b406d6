// What is being uploaded, and what became of it, for components.
import { useSyncExternalStore } from "react";
import { usePortal } from "../portal.ts";
import type { UploadState } from "./upload-state.ts";
import type { UrlJob } from "./url-job.ts";

export function useUploads(): UploadState {
  const { uploads } = usePortal();
  return useSyncExternalStore(uploads.subscribe, uploads.state);
}

/** Newest first. */
export function useUrlJobs(): readonly UrlJob[] {
  const { urlJobs } = usePortal();
  return useSyncExternalStore(urlJobs.subscribe, urlJobs.state);
}
