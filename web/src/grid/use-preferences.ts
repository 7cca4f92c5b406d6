// How this browser likes the grid.
import { useLocalStorage } from "@mantine/hooks";
import { TILE_SIZES } from "./layout.ts";

export type Preferences = { readonly tileSizePx: number; readonly isScoreShown: boolean };

const DEFAULTS: Preferences = { tileSizePx: TILE_SIZES.usual, isScoreShown: false };

export function usePreferences() {
  const [preferences, setPreferences] = useLocalStorage<Preferences>({
    key: "semblance.grid",
    defaultValue: DEFAULTS,
    getInitialValueInEffect: false,
  });
  return {
    preferences,
    prefer: (change: Partial<Preferences>) => setPreferences((old) => ({ ...old, ...change })),
  };
}
