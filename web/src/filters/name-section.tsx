// Part of the file name.
import { messages } from "../messages.ts";
import { Field } from "./field.tsx";
import panel from "./filter-panel.module.css";
import { useTyped } from "./use-typed.ts";
import { ValueRow } from "./value-list.tsx";
import type { SectionProps } from "./value-sections.tsx";

const text = messages.filters;
const LONGEST = 256;

export function NameSection({ filters }: SectionProps) {
  const names = filters.of("name").filter((filter) => filter.kind === "name");
  const [first] = names;
  const { text: typed, type } = useTyped(first?.text ?? "", (latest) => {
    const part = latest.trim();
    filters.draft(["name"], part === "" ? undefined : { kind: "name", text: part });
    return part;
  });
  return (
    <>
      <Field
        type="search"
        dir="auto"
        maxLength={LONGEST}
        label={text.contains}
        value={typed}
        onType={type}
      />
      <ul className={panel.chosen}>
        {names.map(({ text: part }) => (
          <ValueRow
            key={part}
            filters={filters}
            choice={{ value: { kind: "name", text: part }, name: part }}
          />
        ))}
      </ul>
    </>
  );
}
