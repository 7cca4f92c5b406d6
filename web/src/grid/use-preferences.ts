// How this browser likes the grid.
import { useLocalStorage } from "@mantine/hooks";
import { TILE_SIZES } from "./layout.ts";

export type Preferences = {
  readonly tileSizePx: number;
  readonly isScoreShown: boolean;
  readonly isFilterOpen: boolean;
};

const DEFAULTS: Preferences = {
  tileSizePx: TILE_SIZES.usual,
  isScoreShown: false,
  isFilterOpen: false,
};

export function usePreferences() {
  const [preferences, setPreferences] = useLocalStorage<Preferences>({
    key: "semblance.grid",
    defaultValue: DEFAULTS,
    getInitialValueInEffect: false,
  });
  return {
    preferences: { ...DEFAULTS, ...preferences },
    prefer: (change: Partial<Preferences>) => setPreferences((old) => ({ ...old, ...change })),
    /** Makes tiles bigger (1) or smaller (-1) by a step. */
    resize: (step: 1 | -1) =>
      setPreferences((old) => ({ ...old, tileSizePx: toStep(old.tileSizePx, step) })),
  };
}

function toStep(sizePx: number, step: 1 | -1): number {
  const { least, most, step: stepPx } = TILE_SIZES;
  return Math.max(least, Math.min(most, sizePx + step * stepPx));
}
