// How this browser shows the Portal.
import { SegmentedControl, Slider, Switch, useMantineColorScheme } from "@mantine/core";
import { TILE_SIZES } from "../grid/layout.ts";
import { usePreferences } from "../grid/use-preferences.ts";
import { settings as text } from "../messages/settings.ts";
import { useMotion } from "../motion.ts";
import classes from "./section.module.css";

const THEMES = (["light", "dark", "auto"] as const).map((value) => ({
  value,
  label: text.themes[value],
}));

export function AppearanceSection() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { preferences, prefer } = usePreferences();
  const { isMoving, setIsMoving } = useMotion();
  return (
    <div className={classes.stack}>
      <div className={classes.form}>
        <div>
          <div id="theme-label">{text.theme}</div>
          <SegmentedControl
            aria-labelledby="theme-label"
            data={THEMES}
            value={colorScheme}
            mt={6}
            fullWidth
            onChange={setColorScheme}
          />
        </div>
        <div>
          <div>
            {text.tileSize}: {text.tilePx(preferences.tileSizePx)}
          </div>
          <Slider
            label={null}
            thumbLabel={text.tileSize}
            min={TILE_SIZES.least}
            max={TILE_SIZES.most}
            step={8}
            my={12}
            value={preferences.tileSizePx}
            onChange={(tileSizePx) => prefer({ tileSizePx })}
          />
        </div>
        <Switch
          label={text.animations}
          description={text.animationsHint}
          checked={isMoving}
          onChange={({ currentTarget }) => setIsMoving(currentTarget.checked)}
        />
      </div>
    </div>
  );
}
