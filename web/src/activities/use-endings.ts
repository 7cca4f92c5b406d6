// Work that ends while somebody looks: it is announced for a while, and what it changed is read again.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Activity } from "../../../src/client/activities.ts";
import { ACTIVITIES_KEY } from "./use-activities.ts";

const SHOWN_MS = 8000;

/** The activity that ended last, while it is news. */
export function useEndings(activities: readonly Activity[]): Activity | undefined {
  const queryClient = useQueryClient();
  const running = useRef<ReadonlySet<string>>(new Set());
  const [news, setNews] = useState<Activity>();
  useEffect(() => {
    const ended = activities.filter(
      ({ id, state }) => running.current.has(id) && state !== "running",
    );
    running.current = new Set(
      activities.filter(({ state }) => state === "running").map(({ id }) => id),
    );
    if (ended.length === 0) return;
    setNews(ended[0]);
    // Any of them may have changed what any part of the page shows.
    void queryClient.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[0] !== ACTIVITIES_KEY[0],
    });
  }, [activities, queryClient]);
  useEffect(() => {
    if (!news) return undefined;
    const timer = setTimeout(() => setNews(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [news]);
  return news;
}
