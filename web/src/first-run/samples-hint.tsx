// Above the sample gallery: three searches to try, and the way to be rid of all of it.

import { IconButton } from "../controls/icon-button.tsx";
import { firstRun as text } from "../messages/first-run.ts";
import { usePortal } from "../portal.ts";
import { EVERYTHING, like, ofConcept } from "../query.ts";
import { useSearch } from "../search/use-search.ts";
import classes from "./samples-hint.module.css";
import { useSamples } from "./use-samples.ts";

/** One of the samples. */
const EXAMPLE_ID = "sample-two-boats-at-sunset";

export function SamplesHint() {
  const { client } = usePortal();
  const { search } = useSearch();
  const { isHintShown, dismissHint, remove, adding } = useSamples();
  // Until the last one is drawn, the example may not be there.
  const isThere = adding === undefined;
  if (!isHintShown) return null;
  return (
    <aside className={classes.hint} aria-label={text.hintLabel} data-testid="samples-hint">
      <span>{text.hint}</span>
      <button
        type="button"
        className={classes.chip}
        disabled={!isThere}
        onClick={() => search(like([EXAMPLE_ID]))}
      >
        {isThere && <img src={client.thumbnailUrl(EXAMPLE_ID)} alt="" width={24} height={24} />}
        {text.trySimilar}
      </button>
      <button
        type="button"
        className={classes.chip}
        onClick={() => search(ofConcept(text.tryConcept))}
      >
        <b>#</b>
        {text.tryConcept}
      </button>
      <button
        type="button"
        className={classes.chip}
        onClick={() => search({ ...EVERYTHING, caption: text.tryCaption })}
      >
        “{text.tryCaption}”
      </button>
      <span className={classes.end}>
        <button type="button" className={classes.link} onClick={() => remove.mutate()}>
          {text.removeSamples}
        </button>
        <IconButton icon="close" label={text.dismiss} sizePx={16} onClick={dismissHint} />
      </span>
    </aside>
  );
}
