// The app's own concepts: found, sorted, chosen; one of them open beside the list.
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import type { OwnConcept } from "../../../src/client/concepts.ts";
import { Notice } from "../frame/notice.tsx";
import { Icon } from "../icon.tsx";
import { concepts as text } from "../messages/concepts.ts";
import { messages } from "../messages.ts";
import { TrainDialog } from "../models/train-dialog.tsx";
import { ConceptList } from "./concept-list.tsx";
import { ConceptNameDialog } from "./concept-name-dialog.tsx";
import { ConceptPanel } from "./concept-panel.tsx";
import { ConceptsBar } from "./concepts-bar.tsx";
import classes from "./concepts-page.module.css";
import { DeleteConceptsDialog } from "./delete-concepts-dialog.tsx";
import { InputsLink } from "./inputs-link.tsx";
import { MergeDialog } from "./merge-dialog.tsx";
import { useConceptPages } from "./use-own-concepts.ts";

const ORDERS = ["name", "count", "newest"] as const;
const REST_MS = 150;

/** What is being done, and to which concepts. */
type Task =
  | { readonly kind: "rename" | "train"; readonly concept: OwnConcept }
  | { readonly kind: "merge" | "delete"; readonly concepts: readonly OwnConcept[] };

export type ConceptTask = "rename" | "train" | "delete";

export function OwnConcepts() {
  const [typed, setTyped] = useState("");
  const [prefix] = useDebouncedValue(typed.trim(), REST_MS);
  const [order, setOrder] = useState<(typeof ORDERS)[number]>("name");
  const [range, setRange] = useState({ from: 0, to: 0 });
  const [chosen, setChosen] = useState<ReadonlyMap<string, OwnConcept>>(new Map());
  const [open, setOpen] = useState<OwnConcept>();
  const [task, setTask] = useState<Task>();
  const concepts = useConceptPages({ order, prefix }, range.from, range.to);
  const { total } = concepts;

  function toggle(concept: OwnConcept): void {
    const next = new Map(chosen);
    if (!next.delete(concept.id)) next.set(concept.id, concept);
    setChosen(next);
  }

  function begin(kind: ConceptTask, concept: OwnConcept): void {
    setTask(kind === "delete" ? { kind, concepts: [concept] } : { kind, concept });
  }

  function end(): void {
    setTask(undefined);
    setChosen(new Map());
    setOpen(undefined);
  }

  if (concepts.error) {
    return (
      <Notice icon="alert" title={text.failed} hint={concepts.error.message}>
        <Button onClick={concepts.retry}>{messages.retry}</Button>
      </Notice>
    );
  }
  if (total === undefined) return null;
  if (total === 0 && prefix === "") {
    return (
      <Notice icon="hash" title={text.none} hint={text.noneHint}>
        <InputsLink>{text.toInputs}</InputsLink>
      </Notice>
    );
  }
  return (
    <div className={classes.columns}>
      <div className={classes.main}>
        <div className={classes.toolbar}>
          <TextInput
            type="search"
            aria-label={text.find}
            placeholder={text.find}
            leftSection={<Icon name="search" sizePx={18} />}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          <NativeSelect
            aria-label={text.sort}
            data={ORDERS.map((value) => ({ value, label: text.orders[value] }))}
            value={order}
            onChange={({ currentTarget }) =>
              setOrder(ORDERS.find((one) => one === currentTarget.value) ?? "name")
            }
          />
          <span role="status">{text.count(total)}</span>
        </div>
        {total === 0 ? (
          <p className={classes.none}>{text.noMatch(prefix)}</p>
        ) : (
          <ConceptList
            key={`${order} ${prefix}`}
            total={total}
            at={concepts.at}
            chosen={chosen}
            openId={open?.id}
            onRange={(from, to) => setRange({ from, to })}
            onToggle={toggle}
            onOpen={(concept) => setOpen(concept.id === open?.id ? undefined : concept)}
            onTask={begin}
          />
        )}
        <ConceptsBar
          count={chosen.size}
          onMerge={() => setTask({ kind: "merge", concepts: [...chosen.values()] })}
          onDelete={() => setTask({ kind: "delete", concepts: [...chosen.values()] })}
          onClear={() => setChosen(new Map())}
        />
      </div>
      {open && (
        <ConceptPanel
          key={open.id}
          concept={concepts.find(open.id) ?? open}
          onTask={begin}
          onClose={() => setOpen(undefined)}
        />
      )}
      {task?.kind === "rename" && (
        <ConceptNameDialog concept={task.concept} onClose={() => setTask(undefined)} />
      )}
      {task?.kind === "train" && (
        <TrainDialog name={task.concept.name} onClose={() => setTask(undefined)} />
      )}
      {task?.kind === "merge" && (
        <MergeDialog concepts={task.concepts} onDone={end} onClose={() => setTask(undefined)} />
      )}
      {task?.kind === "delete" && (
        <DeleteConceptsDialog
          concepts={task.concepts}
          onDone={end}
          onClose={() => setTask(undefined)}
        />
      )}
    </div>
  );
}
