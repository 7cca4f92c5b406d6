// Above the grid: how many match and in which order, and how the grid looks.
import { Slider } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useCounts } from "../counts.ts";
import { Icon } from "../icon.tsx";
import { toCountText } from "../messages/count-text.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { UploadButton } from "../uploads/upload-button.tsx";
import { TILE_SIZES } from "./layout.ts";
import classes from "./toolbar.module.css";
import type { Preferences } from "./use-preferences.ts";

const text = messages.results;

type ToolbarProps = {
  /** Undefined until the first answer. */
  readonly total: number | undefined;
  readonly isRanked: boolean;
  readonly preferences: Preferences;
  readonly onPrefer: (change: Partial<Preferences>) => void;
};

export function Toolbar({ total, isRanked, preferences, onPrefer }: ToolbarProps) {
  const { tileSizePx, isScoreShown } = preferences;
  return (
    <div className={classes.toolbar}>
      <div className={classes.counts}>
        {total !== undefined && (
          <>
            <strong role="status" data-testid="match-count" data-count={total}>
              {isRanked ? text.matches(total) : text.inputs(total)}
            </strong>
            <span className={classes.order}>{isRanked ? text.bestFirst : text.newestFirst}</span>
          </>
        )}
        <Progress />
      </div>
      {isRanked && (
        <button
          type="button"
          className={classes.toggle}
          aria-pressed={isScoreShown}
          aria-label={text.scores}
          title={text.scores}
          data-testid="score-toggle"
          onClick={() => onPrefer({ isScoreShown: !isScoreShown })}
        >
          <Icon name="scores" />
        </button>
      )}
      <div className={classes.size}>
        <Icon name="tile" sizePx={12} />
        <Slider
          className={classes.slider}
          size={3}
          thumbSize={14}
          label={null}
          thumbLabel={text.tileSize}
          min={TILE_SIZES.least}
          max={TILE_SIZES.most}
          step={8}
          value={tileSizePx}
          onChange={(value) => onPrefer({ tileSizePx: value })}
        />
        <Icon name="tile" sizePx={20} />
      </div>
      <div className={classes.upload}>
        <UploadButton />
      </div>
    </div>
  );
}

function Progress() {
  const { appId } = usePortal();
  const { data: counts } = useCounts();
  if (!counts) return null;
  return (
    <>
      {counts.pending > 0 && (
        <span className={classes.pending} data-testid="pending-count" data-count={counts.pending}>
          {text.pending(counts.pending)}
        </span>
      )}
      {counts.failed > 0 && (
        <Link
          to="/apps/$appId/failed"
          params={{ appId }}
          className={classes.failed}
          title={toCountText(counts.failed)}
        >
          {text.failed(counts.failed)}
        </Link>
      )}
    </>
  );
}
