// Several concepts, known ones and new ones: suggestions while one types, a chip for each.
import { TagsInput } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { bulk as bulkText } from "../messages/bulk.ts";
import { usePortal } from "../portal.ts";

const SUGGESTIONS = 12;
const NAME_LENGTH_MAX = 256;

type ConceptFieldProps = {
  readonly label: string;
  readonly names: readonly string[];
  readonly onChange: (names: readonly string[]) => void;
  readonly hasFocus?: boolean;
  /** Shown instead of the label, where a title says enough. */
  readonly placeholder?: string;
};

export function ConceptField(props: ConceptFieldProps) {
  const { label, names, onChange, hasFocus = false, placeholder } = props;
  const [typed, setTyped] = useState("");
  const found = useSuggestions(typed.trim());
  return (
    <TagsInput
      {...(placeholder === undefined ? { label } : { "aria-label": label })}
      placeholder={placeholder ?? (names.length === 0 ? bulkText.conceptHint : "")}
      value={[...names]}
      onChange={(next) => onChange(next.map((name) => name.trim()).filter(Boolean))}
      searchValue={typed}
      onSearchChange={setTyped}
      data={[...found]}
      // The server has matched them, also by other names.
      filter={({ options }) => options}
      maxLength={NAME_LENGTH_MAX}
      data-autofocus={hasFocus || undefined}
      data-testid="concept-field"
    />
  );
}

function useSuggestions(prefix: string): readonly string[] {
  const { client } = usePortal();
  const { data = [] } = useQuery({
    queryKey: ["concepts", "suggested", prefix],
    queryFn: ({ signal }) => client.suggestConcepts(prefix, SUGGESTIONS, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
  // Before anything is typed, the whole vocabulary says nothing: what was used before does.
  const found = prefix === "" ? data.filter(({ source }) => source !== "vocabulary") : data;
  return [...new Set(found.map(({ name }) => name))];
}
