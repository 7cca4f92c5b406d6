// Several concepts become one: which name stays, and what happens to the labels of the others.
import { useId, useState } from "react";
import type { OwnConcept } from "../../../src/client/concepts.ts";
import { concepts as text } from "../messages/concepts.ts";
import { ConfirmDialog } from "../models/confirm-dialog.tsx";
import { usePortal } from "../portal.ts";
import { KnownBy } from "./known-by.tsx";
import classes from "./merge-dialog.module.css";
import { toNamesText } from "./names-text.ts";

type MergeDialogProps = {
  /** At least two. */
  readonly concepts: readonly OwnConcept[];
  readonly onDone: () => void;
  readonly onClose: () => void;
};

export function MergeDialog({ concepts, onDone, onClose }: MergeDialogProps) {
  const { client, queryClient } = usePortal();
  const group = useId();
  const byCount = [...concepts].sort((a, b) => b.positives - a.positives);
  const [intoId, setIntoId] = useState(byCount[0]?.id);
  const into = byCount.find(({ id }) => id === intoId);
  const from = byCount.filter(({ id }) => id !== intoId);
  const ids = from.map(({ id }) => id);
  const moved = from.reduce((sum, one) => sum + one.positives + one.negatives, 0);
  if (!into) return null;
  return (
    <ConfirmDialog
      title={text.mergeTitle(concepts.length)}
      action={text.mergeDone}
      isSafe
      onConfirm={async () => {
        await client.mergeConcepts(ids, into.id);
        void queryClient.invalidateQueries();
        onDone();
      }}
      onClose={onClose}
    >
      <fieldset className={classes.targets}>
        <legend>{text.mergeHint}</legend>
        {byCount.map(({ id, name, positives, negatives }) => (
          <label key={id}>
            <input
              type="radio"
              name={group}
              checked={id === intoId}
              onChange={() => setIntoId(id)}
            />
            <span>
              <b dir="auto">{name}</b>
              <small>{text.mergeCounts(positives, negatives)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <p>{text.mergeResult(toNamesText(from), into.name, moved)}</p>
      <KnownBy conceptIds={ids} />
      <p>{text.noUndo}</p>
    </ConfirmDialog>
  );
}
