import { useSyncExternalStore } from "react";
import { usePortal } from "../portal.ts";
import type { DeletionState } from "./deletions.ts";

export function useDeletions(): DeletionState {
  const { deletions } = usePortal();
  return useSyncExternalStore(deletions.subscribe, deletions.state);
}
