// Inputs that could not be indexed, with the reason of each.
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { Client } from "../../../src/client/client.ts";
import type { Input } from "../../../src/client/input.ts";
import { useDeletions } from "../deletions/use-deletions.ts";
import { Notice } from "../frame/notice.tsx";
import { SEARCH_KEY } from "../grid/search-page.ts";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { toDateText } from "../quantities.ts";
import { EVERYTHING } from "../query.ts";
import classes from "./failed-page.module.css";

const text = messages.failed;
const PAGE_SIZE = 100;
const ROW_PX = 64;
/** As many as one answer of the server holds. */
const REMOVE_MAX = 1000;

export function FailedPage() {
  const { appId, client, deletions } = usePortal();
  const { hidden } = useDeletions();
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage, refetch } = useFailed();
  const loaded = data?.pages.flatMap(({ hits }) => hits.map(({ input }) => input)) ?? [];
  const inputs = loaded.filter(({ id }) => !hidden.has(id));
  const total = (data?.pages[0]?.total ?? 0) - (loaded.length - inputs.length);

  async function removeAll(): Promise<void> {
    const page = await searchFailed(client, 0, REMOVE_MAX);
    deletions.request(page.hits.map(({ input }) => input.id));
  }

  if (error) {
    return (
      <Notice icon="alert" title={messages.results.errorTitle} hint={error.message}>
        <Button onClick={() => void refetch()}>{messages.retry}</Button>
      </Notice>
    );
  }
  if (!data) return null;
  return (
    <>
      <header className={classes.header}>
        <Link
          to="/apps/$appId/inputs"
          params={{ appId }}
          search={{ query: EVERYTHING }}
          aria-label={text.back}
          title={text.back}
        >
          <Icon name="left" />
        </Link>
        <div>
          <h1>{text.title(total)}</h1>
          <p>{text.hint}</p>
        </div>
        {total > 0 && (
          <Button variant="default" size="xs" onClick={() => void removeAll()}>
            {text.removeAll}
          </Button>
        )}
      </header>
      {inputs.length === 0 ? (
        <Notice icon="check" title={text.none} hint={text.noneHint} />
      ) : (
        <FailedList
          inputs={inputs}
          onEnd={() => {
            if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
          }}
        />
      )}
    </>
  );
}

function useFailed() {
  const { client } = usePortal();
  return useInfiniteQuery({
    queryKey: [...SEARCH_KEY, "failed"],
    queryFn: ({ pageParam, signal }) => searchFailed(client, pageParam, PAGE_SIZE, signal),
    initialPageParam: 0,
    getNextPageParam: ({ total }, _pages, page) =>
      (page + 1) * PAGE_SIZE < total ? page + 1 : undefined,
  });
}

function searchFailed(client: Client, page: number, perPage: number, signal?: AbortSignal) {
  const filters = [{ any_of: [{ kind: "status", statuses: ["failed"] }] }] as const;
  return client.search({ filters, page, per_page: perPage }, signal ? { signal } : undefined);
}

type FailedListProps = { readonly inputs: readonly Input[]; readonly onEnd: () => void };

function FailedList({ inputs, onEnd }: FailedListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: inputs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  });
  const rows = virtualizer.getVirtualItems();
  const isAtEnd = (rows.at(-1)?.index ?? 0) >= inputs.length - 1;
  useEffect(() => {
    if (isAtEnd) onEnd();
  }, [isAtEnd, onEnd]);
  return (
    <div ref={scroller} className={classes.scroller}>
      <ul
        className={classes.list}
        aria-label={text.list}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {rows.map(({ index, start }) => {
          const input = inputs[index];
          return (
            input && (
              <li key={input.id} style={{ top: start, height: ROW_PX }} data-testid="failed-input">
                <FailedInput input={input} />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

function FailedInput({ input }: { readonly input: Input }) {
  const { deletions } = usePortal();
  return (
    <>
      <Icon name="alert" />
      <div className={classes.words}>
        <div className={classes.name} title={input.name}>
          {input.name}
        </div>
        <div className={classes.reason} title={input.failure}>
          {input.failure}
        </div>
      </div>
      {input.createdAt && (
        <time className={classes.time} dateTime={input.createdAt.toISOString()}>
          {toDateText(input.createdAt)}
        </time>
      )}
      <button
        type="button"
        aria-label={text.remove(input.name)}
        title={messages.tile.delete}
        onClick={() => deletions.request([input.id])}
      >
        <Icon name="trash" sizePx={18} />
      </button>
    </>
  );
}
