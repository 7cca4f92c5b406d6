// Ctrl+A (Cmd+A) selects all results, seen or not.
import { useWindowEvent } from "@mantine/hooks";
import { usePortal } from "../portal.ts";
import type { ResultPage } from "./search-page.ts";

export function useSelectAll(shown: ResultPage | undefined): void {
  const { selection } = usePortal();
  useWindowEvent("keydown", (event) => {
    const isAll = event.key.toLowerCase() === "a" && (event.ctrlKey || event.metaKey);
    if (!isAll || event.altKey || event.shiftKey || isElsewhere(event.target)) return;
    event.preventDefault();
    if (shown && shown.total > 0) selection.selectAll(shown.query, shown.total);
  });
}

// In a field it selects the text, in a dialog the dialog.
function isElsewhere(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("input, textarea, select, [contenteditable], [role=dialog]") !== null
  );
}
