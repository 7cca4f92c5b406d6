// To come.
type PaletteProps = { readonly onClose: () => void; readonly onKeys: () => void };

export function Palette({ onClose, onKeys }: PaletteProps) {
  void onClose;
  void onKeys;
  return null;
}
