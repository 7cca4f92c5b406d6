// Metadata as a table; what is nested folds out.
import type { ReactNode } from "react";
import { messages } from "../messages.ts";
import classes from "./metadata.module.css";
import { Section, SectionLink } from "./section.tsx";

const text = messages.input;

type MetadataProps = {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly onEdit: () => void;
};

export function Metadata({ metadata, onEdit }: MetadataProps) {
  const entries = Object.entries(metadata);
  return (
    <Section
      title={text.metadata}
      testId="metadata"
      action={
        <SectionLink onPress={onEdit}>{entries.length > 0 ? text.edit : text.add}</SectionLink>
      }
    >
      {entries.length > 0 && <Table entries={entries} />}
    </Section>
  );
}

function Table({ entries }: { readonly entries: readonly (readonly [string, unknown])[] }) {
  return (
    <dl className={classes.table}>
      {entries.map(([key, value]) => (
        <div key={key}>
          <dt dir="auto">{key}</dt>
          <dd dir="auto">{toCell(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function toCell(value: unknown): ReactNode {
  if (typeof value !== "object" || value === null) return String(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return Array.isArray(value) ? "[]" : "{}";
  if (Array.isArray(value) && value.every(isPlain)) return value.map(String).join(", ");
  return (
    <details>
      <summary>{text.values(entries.length)}</summary>
      <Table entries={entries} />
    </details>
  );
}

function isPlain(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}
