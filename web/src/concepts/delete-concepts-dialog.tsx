// Before concepts go: how many images lose a label, and which models know them.
import type { OwnConcept } from "../../../src/client/concepts.ts";
import { concepts as text } from "../messages/concepts.ts";
import { ConfirmDialog } from "../models/confirm-dialog.tsx";
import { usePortal } from "../portal.ts";
import { KnownBy } from "./known-by.tsx";
import { toNamesText } from "./names-text.ts";

type DeleteConceptsDialogProps = {
  readonly concepts: readonly OwnConcept[];
  readonly onDone: () => void;
  readonly onClose: () => void;
};

export function DeleteConceptsDialog({ concepts, onDone, onClose }: DeleteConceptsDialogProps) {
  const { client, queryClient } = usePortal();
  const labelled = concepts.reduce((sum, one) => sum + one.positives + one.negatives, 0);
  const ids = concepts.map(({ id }) => id);
  return (
    <ConfirmDialog
      title={text.deleteTitle(toNamesText(concepts))}
      action={text.delete}
      onConfirm={async () => {
        await client.deleteConcepts(ids);
        void queryClient.invalidateQueries();
        onDone();
      }}
      onClose={onClose}
    >
      <p>{text.deleteHint(labelled)}</p>
      <KnownBy conceptIds={ids} />
      <p>{text.noUndo}</p>
    </ConfirmDialog>
  );
}
