// The page of all inputs: search bar, counts, results, and what to do when there are none.
import { Button } from "@mantine/core";
import { lazy, Suspense, useEffect, useState } from "react";
import { useCounts } from "../counts.ts";
import { useDeletions } from "../deletions/use-deletions.ts";
import { FirstRun } from "../first-run/first-run.tsx";
import { messages } from "../messages.ts";
import { isEverything, isRanked, type Query, subjectOf } from "../query.ts";
import { SearchBar } from "../search/search-bar.tsx";
import { useAddress } from "../search/use-search.ts";
import classes from "./inputs-page.module.css";
import { Results } from "./results.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { Toolbar } from "./toolbar.tsx";
import { useLiveResults } from "./use-live-results.ts";
import { usePreferences } from "./use-preferences.ts";
import { useResults } from "./use-results.ts";

const Viewer = lazy(() =>
  import("../viewer/viewer.tsx").then(({ Viewer: component }) => ({ default: component })),
);

export function InputsPage() {
  const { query, view } = useAddress();
  const { data: counts } = useCounts();
  const { hidden } = useDeletions();
  const { preferences, prefer } = usePreferences();
  const results = useResults(query);
  const [isAtTop, setIsAtTop] = useState(true);
  // A new visit starts at the top.
  const [visit, setVisit] = useState(0);
  const hasNew = useLiveResults(isAtTop);
  useTitle(query);

  const isBare = counts !== undefined && counts.processed + counts.pending + counts.failed === 0;
  if (isBare && isEverything(query)) return <FirstRun />;
  const { shown } = results;
  const hasScores = isRanked(shown?.query ?? query);
  return (
    <>
      <header className={classes.header}>
        <SearchBar />
      </header>
      <Toolbar
        total={shown && shown.total - hidden.size}
        isRanked={hasScores}
        preferences={preferences}
        onPrefer={prefer}
      />
      {hasNew && !isAtTop && <NewInputs onShow={() => setVisit(visit + 1)} />}
      <Results
        key={visit}
        results={results}
        query={query}
        tileSizePx={preferences.tileSizePx}
        isScoreShown={preferences.isScoreShown && hasScores}
        onAtTop={setIsAtTop}
      />
      <SelectionBar />
      <Suspense>{view !== undefined && shown && <Viewer id={view} query={shown.query} />}</Suspense>
    </>
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
