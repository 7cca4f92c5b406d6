// Beside the image: everything that is known about it.
import type { Input } from "../../../src/client/input.ts";
import { quoted } from "../../../src/sentence/quotes.ts";
import type { OpenBulkDialog } from "../bulk/use-bulk-dialog.tsx";
import { EVERYTHING, like, ofConcept } from "../query.ts";
import { useSearch } from "../search/use-search.ts";
import { Alike } from "./alike.tsx";
import { DatasetList } from "./dataset-list.tsx";
import { InputFacts } from "./input-facts.tsx";
import { Labels } from "./labels.tsx";
import { Metadata } from "./metadata.tsx";
import { Place } from "./place.tsx";
import { Predictions } from "./predictions.tsx";
import { ReadText } from "./read-text.tsx";
import classes from "./viewer.module.css";

type ViewerSideProps = {
  readonly input: Input;
  /** In the search that is shown; undefined where nothing ranks. */
  readonly score: number | undefined;
  readonly open: OpenBulkDialog;
};

export function ViewerSide({ input, score, open }: ViewerSideProps) {
  const { search, view } = useSearch();
  const { id } = input;
  const isSearchable = input.status === "processed";
  const lines = input.reading?.lines ?? [];
  return (
    <aside className={classes.facts} data-testid="viewer-side">
      <InputFacts input={input} score={score} />
      <Labels key={id} input={input} />
      {isSearchable && <Predictions id={id} onChoose={(name) => search(ofConcept(name))} />}
      {lines.length > 0 && (
        <ReadText
          lines={lines}
          onSearch={(line) => search({ ...EVERYTHING, caption: quoted(line) })}
        />
      )}
      {isSearchable && <Alike id={id} onOpen={view} onAll={() => search(like([id]))} />}
      {input.place && <Place place={input.place} />}
      <DatasetList ids={input.datasets} onChange={() => open("datasets", { ids: [id] })} />
      <Metadata
        key={`metadata ${id}`}
        metadata={input.metadata}
        onEdit={() => open("metadata", { ids: [id] })}
      />
    </aside>
  );
}
