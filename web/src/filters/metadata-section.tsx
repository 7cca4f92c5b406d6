// What the metadata say: a key and a value, both suggested from what is there.
import { Button } from "@mantine/core";
import { type SubmitEvent, useId, useState } from "react";
import { messages } from "../messages.ts";
import field from "./field.module.css";
import panel from "./filter-panel.module.css";
import { toMetadataText } from "./filter-text.ts";
import { toMetadataValue, toTyped } from "./metadata-value.ts";
import { ValueRow } from "./value-list.tsx";
import type { SectionProps } from "./value-sections.tsx";

const text = messages.filters;

export function MetadataSection({ facets, filters }: SectionProps) {
  const [key, setKey] = useState("");
  const [value, setValue] = useState("");
  const keys = facets?.metadataKeys ?? [];
  const examples = keys.find((one) => one.key === key.trim())?.examples ?? [];
  const isReady = key.trim() !== "" && value.trim() !== "";

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (!isReady) return;
    filters.add({
      kind: "metadata",
      key: key.trim(),
      value: toMetadataValue(value, examples),
    });
    setValue("");
  }

  const chosen = filters.of("metadata").filter((filter) => filter.kind === "metadata");
  return (
    <>
      <ul className={panel.chosen}>
        {chosen.map((filter) => (
          <ValueRow
            key={filter.key + JSON.stringify(filter.value)}
            filters={filters}
            choice={{
              value: { kind: "metadata", key: filter.key, value: filter.value },
              name: text.text.metadata(filter.key, toMetadataText(filter.value)),
            }}
          />
        ))}
      </ul>
      <form className={panel.form} onSubmit={submit}>
        <Suggested
          label={text.key}
          value={key}
          suggestions={keys.map((one) => one.key)}
          onType={setKey}
        />
        <Suggested
          label={text.value}
          value={value}
          suggestions={examples.map(toTyped)}
          onType={setValue}
        />
        <p className={panel.hint}>{text.valueHint}</p>
        <Button type="submit" variant="default" disabled={!isReady}>
          {text.add}
        </Button>
      </form>
    </>
  );
}

type SuggestedProps = {
  readonly label: string;
  readonly value: string;
  readonly suggestions: readonly string[];
  readonly onType: (text: string) => void;
};

function Suggested({ label, value, suggestions, onType }: SuggestedProps) {
  const id = useId();
  return (
    <label className={field.field}>
      <span>{label}</span>
      <input
        list={id}
        dir="auto"
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={({ currentTarget }) => onType(currentTarget.value)}
      />
      <datalist id={id}>
        {suggestions.map((suggestion) => (
          <option key={suggestion} value={suggestion} />
        ))}
      </datalist>
    </label>
  );
}
