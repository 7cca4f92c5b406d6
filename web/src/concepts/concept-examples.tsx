// The images on one side of a concept; a wrong label goes with one press, and comes back with another.
import { keepPreviousData, useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Concept } from "../../../src/client/concepts.ts";
import { IconButton } from "../controls/icon-button.tsx";
import { concepts as conceptsText } from "../messages/concepts.ts";
import { toCountText } from "../messages/count-text.ts";
import { usePortal } from "../portal.ts";
import classes from "./concept-examples.module.css";
import { OWN_CONCEPTS_KEY } from "./use-own-concepts.ts";

const text = conceptsText.panel;
const PAGE_SIZE = 60;
const FOREVER = Number.POSITIVE_INFINITY;

type ConceptExamplesProps = {
  readonly concept: Concept;
  readonly side: "present" | "absent";
};

export function ConceptExamples({ concept, side }: ConceptExamplesProps) {
  const { client, queryClient } = usePortal();
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set());
  const { data, error, hasNextPage, fetchNextPage } = useExamples(concept.id, side);
  const { mutate, error: refusal } = useMutation({
    scope: { id: "labels" },
    mutationFn: (id: string) => {
      const names = [concept.name];
      const back = side === "present" ? { add: names } : { add_absent: names };
      const change = removed.has(id) ? back : { remove: names };
      return client.changeInputs({ ids: [id] }, { kind: "labels", ...change });
    },
    onSuccess: (_, id) => {
      setRemoved((known) => {
        const next = new Set(known);
        if (!next.delete(id)) next.add(id);
        return next;
      });
      // Not the examples themselves: what was removed stays in sight, to be put back.
      void queryClient.invalidateQueries({ queryKey: OWN_CONCEPTS_KEY });
    },
  });
  const total = data?.pages[0]?.total ?? 0;
  const ids = data?.pages.flatMap((page) => page.ids) ?? [];
  const failure = error ?? refusal;
  return (
    <section className={classes.examples} data-testid={`examples-${side}`}>
      <h3>
        {side === "present" ? text.positives : text.negatives}{" "}
        <span>{toCountText(total - removed.size)}</span>
      </h3>
      {failure && <p role="alert">{failure.message}</p>}
      {data && total === 0 && <p>{side === "present" ? text.noPositives : text.noNegatives}</p>}
      <ul>
        {ids.map((id) => (
          <li key={id} data-removed={removed.has(id) || undefined} data-testid="example">
            <img src={client.thumbnailUrl(id)} alt="" loading="lazy" decoding="async" />
            <IconButton
              icon={removed.has(id) ? "undo" : "close"}
              label={removed.has(id) ? text.putBack : text.remove}
              onClick={() => mutate(id)}
            />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <button type="button" className={classes.more} onClick={() => void fetchNextPage()}>
          {text.more}
        </button>
      )}
    </section>
  );
}

function useExamples(conceptId: string, side: "present" | "absent") {
  const { client } = usePortal();
  return useInfiniteQuery({
    queryKey: ["concept-examples", conceptId, side],
    queryFn: ({ pageParam, signal }) =>
      client.conceptExamples(conceptId, side, { page: pageParam, perPage: PAGE_SIZE }, { signal }),
    initialPageParam: 0,
    getNextPageParam: ({ total }, _pages, page) =>
      (page + 1) * PAGE_SIZE < total ? page + 1 : undefined,
    placeholderData: keepPreviousData,
    staleTime: FOREVER,
    gcTime: 0,
  });
}
