// The grid, or why there is none.
import { Button } from "@mantine/core";
import { useCounts } from "../counts.ts";
import { Notice } from "../frame/notice.tsx";
import { messages } from "../messages.ts";
import { isRanked, type Query } from "../query.ts";
import { useSearch } from "../search/use-search.ts";
import { Grid } from "./grid.tsx";
import type { useResults } from "./use-results.ts";

const text = messages.results;
/** Empty tiles that hold the place of the first results. */
const PLACEHOLDERS = 60;

type ResultsProps = {
  readonly results: ReturnType<typeof useResults>;
  readonly query: Query;
  readonly tileSizePx: number;
  readonly isScoreShown: boolean;
  readonly onAtTop: (isAtTop: boolean) => void;
  readonly onResize: (step: 1 | -1) => void;
};

export function Results({ results, query, ...props }: ResultsProps) {
  const { shown, isOutdated, failure, isSettled, retry } = results;
  const { data: counts } = useCounts();
  if (failure) {
    return (
      <Notice icon="alert" title={text.errorTitle} hint={failure.message}>
        <Button onClick={retry}>{messages.retry}</Button>
      </Notice>
    );
  }
  if (shown?.total === 0 && (query.filters.length > 0 || query.isRelevantOnly)) {
    return <NothingFound query={query} />;
  }
  if (shown?.total === 0) {
    return counts && counts.pending > 0 ? (
      <Notice icon="clock" title={text.indexing(counts.pending)} hint={text.indexingHint} />
    ) : (
      <Notice icon="images" title={text.none} hint={text.noneHint} />
    );
  }
  // Until the counts are known this may become the first-run page, which has no tiles.
  const isCertain = counts !== undefined || isSettled;
  return (
    <Grid
      {...props}
      query={shown?.query ?? query}
      total={shown?.total ?? (isCertain ? PLACEHOLDERS : 0)}
      relevant={shown?.relevant}
      isOutdated={isOutdated}
    />
  );
}

function NothingFound({ query }: { readonly query: Query }) {
  const { search } = useSearch();
  const isCut = query.isRelevantOnly && isRanked(query);
  return (
    <Notice
      icon="search"
      title={text.noneFound}
      hint={query.filters.length > 0 ? text.noneFoundHint : text.noneRelevantHint}
    >
      {isCut && (
        <Button variant="default" onClick={() => search({ ...query, isRelevantOnly: false })}>
          {text.showLessRelevant}
        </Button>
      )}
      {query.filters.length > 0 && (
        <Button variant="default" onClick={() => search({ ...query, filters: [] })}>
          {text.clearFilters}
        </Button>
      )}
    </Notice>
  );
}
