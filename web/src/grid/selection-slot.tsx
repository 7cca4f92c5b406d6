// The place of the selection bar, which loads with the first selection: most visits have none.
import { useWindowEvent } from "@mantine/hooks";
import { lazy, Suspense, useState } from "react";
import { isPlainKey } from "../keys/plain-key.ts";
import { usePortal } from "../portal.ts";
import { countSelected, useSelected } from "./selection.ts";

const SelectionBar = lazy(async () => ({
  default: (await import("./selection-bar.tsx")).SelectionBar,
}));

export function SelectionSlot() {
  const { selection } = usePortal();
  const selected = useSelected();
  // Not in the bar: it may be on its way.
  useWindowEvent("keydown", (event) => {
    if (event.key === "Escape" && isPlainKey(event)) selection.clear();
  });
  // It stays for its dialogs, which outlive the selection.
  const [isNeeded, setIsNeeded] = useState(false);
  const isSelected = countSelected(selected) > 0 || selected.isBusy || selected.notice !== "";
  if (isSelected && !isNeeded) setIsNeeded(true);
  if (!isNeeded) return null;
  return (
    <Suspense fallback={null}>
      <SelectionBar />
    </Suspense>
  );
}
