// What people said is in the picture, or is not: chips that can be removed, and a field for more.
import { useQueryClient } from "@tanstack/react-query";
import type { BulkChange } from "../../../src/client/bulk.ts";
import type { Input } from "../../../src/client/input.ts";
import { ConceptField } from "../bulk/concept-field.tsx";
import { useChange } from "../bulk/use-change.ts";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import { toInputKey } from "./input-key.ts";
import classes from "./labels.module.css";
import { Section } from "./section.tsx";

const text = messages.input;

export function Labels({ input }: { readonly input: Input }) {
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useChange();
  const { id, labels } = input;

  function change(words: Omit<Extract<BulkChange, { kind: "labels" }>, "kind">): void {
    mutate({ target: { ids: [id] }, change: { kind: "labels", ...words } });
  }

  // Seen at once; the answer of the server replaces it.
  function remove(name: string): void {
    const kept = labels.filter((label) => label.name !== name);
    queryClient.setQueryData<Input>(toInputKey(id), { ...input, labels: kept });
    change({ remove: [name] });
  }

  return (
    <Section title={text.labels} testId="labels">
      {labels.length > 0 && (
        <ul className={classes.list}>
          {labels.map(({ name, value }) => (
            <li key={name} data-absent={value < 0.5 || undefined} data-testid="label">
              <span dir="auto" title={name}>
                {value < 0.5 ? text.not(name) : name}
              </span>
              <button
                type="button"
                aria-label={text.removeLabel(name)}
                onClick={() => remove(name)}
              >
                <Icon name="close" sizePx={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <ConceptField
        label={text.addLabel}
        placeholder={text.addLabel}
        names={[]}
        onChange={(names) => names.length > 0 && change({ add: names })}
      />
      <p className={classes.failure} role="alert" aria-busy={isPending}>
        {error?.message}
      </p>
    </Section>
  );
}
