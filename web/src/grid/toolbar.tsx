// Above the grid: how many results there are and in which order, which of them to show, and how the grid looks.
import { useWindowEvent } from "@mantine/hooks";
import { IconButton } from "../controls/icon-button.tsx";
import { isPlainKey } from "../keys/plain-key.ts";
import { messages } from "../messages.ts";
import { isEverything, isRanked, type Query } from "../query.ts";
import { useSearch } from "../search/use-search.ts";
import { UploadButton } from "../uploads/upload-button.tsx";
import { IndexingProgress } from "./indexing-progress.tsx";
import { OrderMenu } from "./order-menu.tsx";
import type { ResultPage } from "./search-page.ts";
import { SizeSlider } from "./size-slider.tsx";
import classes from "./toolbar.module.css";
import { ToolbarMenu } from "./toolbar-menu.tsx";
import { useHasObjects } from "./use-objects.ts";
import type { Preferences } from "./use-preferences.ts";

const text = messages.results;

export type ToolbarProps = {
  readonly query: Query;
  /** The answer that is shown, possibly of the search before; undefined until the first one. */
  readonly shown: ResultPage | undefined;
  /** Results that are about to be deleted. */
  readonly hiddenCount: number;
  readonly preferences: Preferences;
  readonly onPrefer: (change: Partial<Preferences>) => void;
  readonly onResize: (step: 1 | -1) => void;
  readonly onSave: () => void;
};

export function Toolbar(props: ToolbarProps) {
  const { query, preferences, onPrefer, onResize, onSave } = props;
  const { search } = useSearch();
  const hasRank = isRanked(query);
  // Where it is on, it can be turned off.
  const hasObjects = (useHasObjects() && hasRank) || query.isOfObjects;
  useWindowEvent("keydown", (event) => {
    if (!isPlainKey(event)) return;
    if (event.key === "+" || event.key === "=") onResize(1);
    if (event.key === "-") onResize(-1);
  });
  return (
    <section className={classes.toolbar} aria-label={text.toolbar}>
      <FilterButton query={query} preferences={preferences} onPrefer={onPrefer} />
      <div className={classes.counts}>
        <MatchCount {...props} />
        <IndexingProgress />
      </div>
      <OrderMenu query={query} />
      <div className={classes.wide}>
        {hasRank && (
          <IconButton
            icon="relevant"
            label={text.relevantOnly}
            isPressed={query.isRelevantOnly}
            data-testid="relevant-only"
            onClick={() => search({ ...query, isRelevantOnly: !query.isRelevantOnly })}
          />
        )}
        {hasObjects && (
          <IconButton
            icon="boxes"
            label={text.objects}
            isPressed={query.isOfObjects}
            data-testid="objects-toggle"
            onClick={() => search({ ...query, isOfObjects: !query.isOfObjects })}
          />
        )}
        <IconButton
          icon="copies"
          label={text.collapse}
          isPressed={query.isCollapsed}
          data-testid="collapse"
          onClick={() => search({ ...query, isCollapsed: !query.isCollapsed })}
        />
        {hasRank && (
          <IconButton
            icon="scores"
            label={text.scores}
            isPressed={preferences.isScoreShown}
            data-testid="score-toggle"
            onClick={() => onPrefer({ isScoreShown: !preferences.isScoreShown })}
          />
        )}
        {!isEverything(query) && (
          <IconButton
            icon="bookmark"
            label={text.save}
            data-testid="save-search"
            onClick={onSave}
          />
        )}
        <SizeSlider sizePx={preferences.tileSizePx} onPrefer={onPrefer} />
      </div>
      <UploadButton />
      <div className={classes.narrow}>
        <ToolbarMenu {...props} />
      </div>
    </section>
  );
}

function FilterButton({
  query,
  preferences,
  onPrefer,
}: Pick<ToolbarProps, "query" | "preferences" | "onPrefer">) {
  const count = query.filters.length;
  const name = count > 0 ? `${text.filters}: ${text.filterCount(count)}` : text.filters;
  return (
    <div className={classes.filters}>
      <IconButton
        icon="filter"
        label={name}
        isPressed={preferences.isFilterOpen}
        aria-expanded={preferences.isFilterOpen}
        data-testid="filter-button"
        onClick={() => onPrefer({ isFilterOpen: !preferences.isFilterOpen })}
      />
      {count > 0 && (
        <span className={classes.badge} aria-hidden>
          {count}
        </span>
      )}
    </div>
  );
}

function MatchCount({ shown, hiddenCount }: Pick<ToolbarProps, "shown" | "hiddenCount">) {
  if (!shown) return null;
  const total = Math.max(0, shown.total - hiddenCount);
  const { relevant, query } = shown;
  const isCut = query.isRelevantOnly && isRanked(query);
  return (
    <strong role="status" data-testid="match-count" data-count={total} data-relevant={relevant}>
      {isCut && text.relevant(total)}
      {!isCut && relevant !== undefined && text.relevantOf(relevant, total)}
      {!isCut && relevant === undefined && text.inputs(total)}
    </strong>
  );
}
