// The page of all inputs: search bar, counts, results, and what to do when there are none.
import { Button } from "@mantine/core";
import { lazy, Suspense, useEffect, useState } from "react";
import { useCounts } from "../counts.ts";
import { useDeletions } from "../deletions/use-deletions.ts";
import { SamplesHint } from "../first-run/samples-hint.tsx";
import { messages } from "../messages.ts";
import { isEverything, isRanked, type Query, subjectOf } from "../query.ts";
import { SearchBar } from "../search/search-bar.tsx";
import { useAddress } from "../search/use-search.ts";
import { FilterSide } from "./filter-side.tsx";
import classes from "./inputs-page.module.css";
import { Results } from "./results.tsx";
import { toSearchName } from "./search-page.ts";
import { SelectionSlot } from "./selection-slot.tsx";
import { Toolbar } from "./toolbar.tsx";
import { useLiveResults } from "./use-live-results.ts";
import { usePreferences } from "./use-preferences.ts";
import { useResults } from "./use-results.ts";
import { useSelectAll } from "./use-select-all.ts";

const FirstRun = lazy(async () => ({
  default: (await import("../first-run/first-run.tsx")).FirstRun,
}));
const Viewer = lazy(async () => ({ default: (await import("../viewer/viewer.tsx")).Viewer }));
const SaveSearchDialog = lazy(async () => ({
  default: (await import("../saved/save-search-dialog.tsx")).SaveSearchDialog,
}));

export function InputsPage() {
  const { query, view } = useAddress();
  const { data: counts } = useCounts();
  const { preferences, prefer, resize } = usePreferences();
  const results = useResults(query);
  const [isAtTop, setIsAtTop] = useState(true);
  const [isSaving, setIsSaving] = useState(false);
  // A new visit starts at the top.
  const [visit, setVisit] = useState(0);
  const hasNew = useLiveResults(isAtTop);
  const hiddenCount = useHiddenCount(query, results.shown?.total ?? 0);
  useTitle(query);
  useSelectAll(results.shown);

  const isBare = counts !== undefined && counts.processed + counts.pending + counts.failed === 0;
  if (isBare && isEverything(query)) {
    return (
      <Suspense>
        <FirstRun />
      </Suspense>
    );
  }
  const { shown } = results;
  const hasScores = isRanked(shown?.query ?? query);
  return (
    <div className={classes.page}>
      {preferences.isFilterOpen && <FilterSide onClose={() => prefer({ isFilterOpen: false })} />}
      <div className={classes.main}>
        <h1 className={classes.title}>{messages.frame.inputs}</h1>
        <header className={classes.header}>
          <SearchBar />
        </header>
        <Toolbar
          query={query}
          shown={shown}
          hiddenCount={hiddenCount}
          preferences={preferences}
          onPrefer={prefer}
          onResize={resize}
          onSave={() => setIsSaving(true)}
        />
        <SamplesHint />
        <div className={classes.results}>
          {hasNew && !isAtTop && <NewInputs onShow={() => setVisit(visit + 1)} />}
          <Results
            key={visit}
            results={results}
            query={query}
            tileSizePx={preferences.tileSizePx}
            isScoreShown={preferences.isScoreShown && hasScores}
            onAtTop={setIsAtTop}
            onResize={resize}
          />
        </div>
        <SelectionSlot />
      </div>
      <Suspense>
        {view !== undefined && shown && <Viewer id={view} query={shown.query} />}
        {isSaving && (
          <SaveSearchDialog
            query={query}
            thumbnailId={shown?.hits[0]?.input.id}
            onClose={() => setIsSaving(false)}
          />
        )}
      </Suspense>
    </div>
  );
}

function NewInputs({ onShow }: { readonly onShow: () => void }) {
  return (
    <div className={classes.new}>
      <Button size="xs" radius="xl" onClick={onShow} data-testid="show-new">
        {messages.results.showNew}
      </Button>
    </div>
  );
}

// Results that the page shows as deleted do not count any more.
function useHiddenCount(query: Query, total: number): number {
  const { hidden, sweep } = useDeletions();
  if (sweep?.search === toSearchName(query)) return total - sweep.excluded.size;
  return hidden.size;
}

function useTitle({ terms, caption }: Query): void {
  const words = terms.map((term) =>
    term.kind === "concept" || term.kind === "text"
      ? `${term.weight < 0 ? "-" : ""}${term.kind === "concept" ? "#" : ""}${subjectOf(term)}`
      : messages.search.image,
  );
  const title = [...words, caption].filter(Boolean).join(" ");
  useEffect(() => {
    document.title = title ? `${title} · ${messages.product}` : messages.product;
  }, [title]);
}
