// A name for a new concept, or another one for a concept that is there.
import type { Concept } from "../../../src/client/concepts.ts";
import { NameDialog } from "../controls/name-dialog.tsx";
import { concepts as text } from "../messages/concepts.ts";
import { usePortal } from "../portal.ts";

const NAME_MAX = 256;

type ConceptNameDialogProps = {
  /** Absent: a new one. */
  readonly concept?: Concept;
  readonly onClose: () => void;
};

export function ConceptNameDialog({ concept, onClose }: ConceptNameDialogProps) {
  const { client, queryClient } = usePortal();

  async function save(name: string): Promise<void> {
    if (concept) await client.renameConcept(concept.id, name);
    else await client.createConcept(name);
    // Labels, filters, models and searches show names, too.
    void queryClient.invalidateQueries();
  }

  return (
    <NameDialog
      title={concept ? text.rename : text.create}
      label={text.name}
      hint={concept ? undefined : text.nameHint}
      button={concept ? text.save : text.create}
      name={concept?.name ?? ""}
      longest={NAME_MAX}
      onName={save}
      onClose={onClose}
    />
  );
}
