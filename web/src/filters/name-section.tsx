// Part of the file name.
import { messages } from "../messages.ts";
import { Field } from "./field.tsx";
import panel from "./filter-panel.module.css";
import { ValueRow } from "./value-list.tsx";
import type { SectionProps } from "./value-sections.tsx";

const text = messages.filters;
const LONGEST = 256;

export function NameSection({ filters }: SectionProps) {
  const names = filters.of("name").filter((filter) => filter.kind === "name");
  const [first] = names;
  return (
    <>
      <Field
        type="search"
        dir="auto"
        maxLength={LONGEST}
        label={text.contains}
        value={first?.text ?? ""}
        onTyped={(typed) => {
          const part = typed.trim();
          filters.draft(["name"], part === "" ? undefined : { kind: "name", text: part });
          return part;
        }}
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
