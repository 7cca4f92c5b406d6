import { useSyncExternalStore } from "react";
import { usePortal } from "../portal.ts";
import type { UploadState } from "./upload-state.ts";

export function useUploads(): UploadState {
  const { uploads } = usePortal();
  return useSyncExternalStore(uploads.subscribe, uploads.state);
}
