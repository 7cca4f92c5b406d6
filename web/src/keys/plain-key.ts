// Single-letter shortcuts must not fire while someone types, nor with Ctrl, Alt or Cmd held.

export function isPlainKey(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  const { target } = event;
  return !(
    target instanceof HTMLElement && target.closest("input, textarea, select, [role=dialog]")
  );
}
