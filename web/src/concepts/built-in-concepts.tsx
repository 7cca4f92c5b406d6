// The concepts that need no training: found by any part of their name, each leads to its search.
import { Button, TextInput } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import type { Concept } from "../../../src/client/concepts.ts";
import { Notice } from "../frame/notice.tsx";
import { Icon } from "../icon.tsx";
import { concepts as text } from "../messages/concepts.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { ofConcept } from "../query.ts";
import classes from "./concepts-page.module.css";
import { InputsLink } from "./inputs-link.tsx";

const ROW_PX = 40;
const COLUMN_PX = 200;
const END_PX = 24;
const FOREVER = Number.POSITIVE_INFINITY;

export function BuiltInConcepts() {
  const { client } = usePortal();
  const [typed, setTyped] = useState("");
  const { data, error, refetch } = useQuery({
    queryKey: ["built-in-concepts"],
    queryFn: ({ signal }) => client.builtInConcepts({ signal }),
    staleTime: FOREVER,
  });
  const words = typed.trim().toLowerCase();
  const found = useMemo(
    () => data?.filter(({ name }) => name.toLowerCase().includes(words)) ?? [],
    [data, words],
  );
  if (error) {
    return (
      <Notice icon="alert" title={text.builtInFailed} hint={error.message}>
        <Button onClick={() => void refetch()}>{messages.retry}</Button>
      </Notice>
    );
  }
  if (!data) return null;
  return (
    <>
      <p className={classes.hint}>{text.builtInHint(data.length)}</p>
      <div className={classes.toolbar}>
        <TextInput
          type="search"
          aria-label={text.find}
          placeholder={text.find}
          leftSection={<Icon name="search" sizePx={18} />}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <span role="status">{text.count(found.length)}</span>
      </div>
      {found.length === 0 ? (
        <p className={classes.none}>{text.builtInNone(typed.trim())}</p>
      ) : (
        <Vocabulary key={words} concepts={found} />
      )}
    </>
  );
}

function Vocabulary({ concepts }: { readonly concepts: readonly Concept[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const { ref, width } = useElementSize();
  const columns = Math.max(1, Math.floor(width / COLUMN_PX));
  const rows = useVirtualizer({
    count: Math.ceil(concepts.length / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
    paddingEnd: END_PX,
  });
  const share = 100 / columns;
  return (
    <div ref={scroller} className={classes.vocabulary}>
      <ul ref={ref} aria-label={text.builtIn} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().flatMap(({ index, start }) =>
          concepts.slice(index * columns, (index + 1) * columns).map(({ id, name }, column) => (
            <li
              key={id}
              data-testid="built-in-concept"
              style={{ top: start, left: `${column * share}%`, width: `${share}%` }}
            >
              <InputsLink query={ofConcept(name)} title={text.searchFor(name)}>
                <Icon name="hash" sizePx={16} />
                <span>{name}</span>
              </InputsLink>
            </li>
          )),
        )}
      </ul>
    </div>
  );
}
