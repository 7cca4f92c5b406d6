// "Label as...": what is in the inputs, what is not, and which labels are to go.
import { useState } from "react";
import type { BulkChange } from "../../../src/client/bulk.ts";
import { bulk as text } from "../messages/bulk.ts";
import classes from "./bulk-dialog.module.css";
import { BulkDialog } from "./bulk-dialog.tsx";
import { ConceptField } from "./concept-field.tsx";
import { Removable } from "./removable.tsx";
import type { BulkDialogProps } from "./use-bulk-dialog.tsx";
import { countWords, useSample } from "./use-sample.ts";

export function LabelDialog({ target, onClose }: BulkDialogProps) {
  const [added, setAdded] = useState<readonly string[]>([]);
  const [absent, setAbsent] = useState<readonly string[]>();
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set());
  const inputs = useSample(target) ?? [];
  const known = countWords(inputs.flatMap(({ labels }) => labels.map(({ name }) => name)));
  const isChange = added.length + (absent?.length ?? 0) + removed.size > 0;
  const change: BulkChange = {
    kind: "labels",
    add: added,
    add_absent: absent ?? [],
    remove: [...removed],
  };
  return (
    <BulkDialog
      title={text.labels}
      target={target}
      change={isChange ? change : undefined}
      problem={toProblem(added, absent ?? [])}
      onClose={onClose}
    >
      <ConceptField label={text.add} names={added} onChange={setAdded} hasFocus />
      {absent === undefined ? (
        <button type="button" className={classes.link} onClick={() => setAbsent([])}>
          {text.showAbsent}
        </button>
      ) : (
        <ConceptField label={text.addAbsent} names={absent} onChange={setAbsent} />
      )}
      <Removable label={text.remove} words={known} removed={removed} onChange={setRemoved} />
    </BulkDialog>
  );
}

function toProblem(added: readonly string[], absent: readonly string[]): string {
  const both = added.find((name) => absent.includes(name));
  return both === undefined ? "" : text.both(both);
}
