// Inputs that could not be indexed, by what went wrong: try them again, or remove them.
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import type { Client } from "../../../src/client/client.ts";
import { COUNTS_KEY } from "../counts.ts";
import { useDeletions } from "../deletions/use-deletions.ts";
import { Notice } from "../frame/notice.tsx";
import { SEARCH_KEY } from "../grid/search-page.ts";
import { useLiveResults } from "../grid/use-live-results.ts";
import { Icon } from "../icon.tsx";
import { failed as text } from "../messages/failed.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { EVERYTHING } from "../query.ts";
import { FailedList } from "./failed-list.tsx";
import classes from "./failed-page.module.css";
import { toGroups } from "./reasons.ts";

/** As many as one answer of the server holds; further ones follow when these are gone. */
const SHOWN_MAX = 1000;
const FAILED_KEY = [...SEARCH_KEY, "failed"];
const FILTERS = [{ any_of: [{ kind: "status", statuses: ["failed"] }] }] as const;

export function FailedPage() {
  const { client, deletions } = usePortal();
  const { hidden } = useDeletions();
  const { data, error, refetch } = useQuery({
    queryKey: FAILED_KEY,
    queryFn: ({ signal }) => searchFailed(client, signal),
  });
  const retry = useRetry();
  // What is tried again may fail again.
  useLiveResults(true);
  const loaded = data?.hits.map(({ input }) => input) ?? [];
  const inputs = loaded.filter(({ id }) => !hidden.has(id));
  const total = (data?.total ?? 0) - (loaded.length - inputs.length);
  useEffect(() => {
    document.title = `${text.list} · ${messages.product}`;
  }, []);

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
        <Back />
        <div>
          <h1>{total > 0 ? text.title(total) : text.none}</h1>
          <p role="status">{retry.data ? text.retried(retry.data) : total > 0 && text.hint}</p>
        </div>
        {total > 0 && (
          <div className={classes.actions}>
            <Button
              size="xs"
              loading={retry.isPending}
              onClick={() => retry.mutate(undefined)}
              data-testid="retry-all"
            >
              {text.retryAll}
            </Button>
            <Button
              variant="default"
              size="xs"
              onClick={() => deletions.request(inputs.map(({ id }) => id))}
            >
              {text.removeAll}
            </Button>
          </div>
        )}
      </header>
      {retry.error && <p role="alert">{retry.error.message}</p>}
      {inputs.length === 0 ? (
        <Notice icon="check" title={text.none} hint={text.noneHint} />
      ) : (
        <FailedList groups={toGroups(inputs)} onRetry={retry.mutate} />
      )}
    </>
  );
}

function Back() {
  const { appId } = usePortal();
  return (
    <Link
      to="/apps/$appId/inputs"
      params={{ appId }}
      search={{ query: EVERYTHING }}
      aria-label={text.back}
      title={text.back}
    >
      <Icon name="left" />
    </Link>
  );
}

/** Takes ids; undefined: all that failed. */
function useRetry() {
  const { client } = usePortal();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (ids: readonly string[] | undefined) => client.retryInputs(ids),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: COUNTS_KEY });
      await queryClient.invalidateQueries({ queryKey: SEARCH_KEY });
    },
  });
}

function searchFailed(client: Client, signal: AbortSignal) {
  return client.search({ filters: FILTERS, per_page: SHOWN_MAX }, { signal });
}
