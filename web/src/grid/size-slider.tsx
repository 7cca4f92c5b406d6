// How big tiles are.
import { Slider } from "@mantine/core";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import { TILE_SIZES } from "./layout.ts";
import classes from "./toolbar.module.css";
import type { Preferences } from "./use-preferences.ts";

type SizeSliderProps = {
  readonly sizePx: number;
  readonly onPrefer: (change: Partial<Preferences>) => void;
};

export function SizeSlider({ sizePx, onPrefer }: SizeSliderProps) {
  return (
    <div className={classes.size}>
      <Icon name="tile" sizePx={12} />
      <Slider
        className={classes.slider}
        size={3}
        thumbSize={14}
        label={null}
        thumbLabel={messages.results.tileSize}
        min={TILE_SIZES.least}
        max={TILE_SIZES.most}
        step={8}
        value={sizePx}
        onChange={(value) => onPrefer({ tileSizePx: value })}
      />
      <Icon name="tile" sizePx={20} />
    </div>
  );
}
