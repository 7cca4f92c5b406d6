// Keys that act on what is selected instead of on the tile that has the focus.

import { deleteSelected, toTarget } from "../bulk/target.ts";
import type { OpenBulkDialog } from "../bulk/use-bulk-dialog.tsx";
import { usePortal } from "../portal.ts";
import { countSelected } from "./selection.ts";

/** Returns a function that says whether there was something selected to act on. */
export function useSelectionKeys(open: OpenBulkDialog): (key: string) => boolean {
  const { selection, deletions } = usePortal();
  return (key) => {
    const selected = selection.state();
    if (countSelected(selected) === 0) return false;
    if (key === "l") open("labels", toTarget(selected));
    else if (key === "Delete" && selected.all) open("delete", toTarget(selected));
    else if (key === "Delete") deleteSelected(deletions, selection);
    else return false;
    return true;
  };
}
