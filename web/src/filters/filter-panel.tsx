// To come.
export function FilterPanel({ onClose }: { readonly onClose: () => void }) {
  void onClose;
  return null;
}
