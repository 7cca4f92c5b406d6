// Work that ended since the last look: it is announced for a while, and what it changed is read again.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Activity } from "../../../src/client/activities.ts";
import { ACTIVITIES_KEY } from "./use-activities.ts";

const SHOWN_MS = 8000;

/** The activity that ended last, while it is news. `activities`: undefined until they are known. */
export function useEndings(activities: readonly Activity[] | undefined): Activity | undefined {
  const queryClient = useQueryClient();
  const over = useRef<ReadonlySet<string>>(undefined);
  const [news, setNews] = useState<Activity>();
  useEffect(() => {
    if (!activities) return;
    const before = over.current;
    const ended = activities.filter(({ state }) => state !== "running");
    over.current = new Set(ended.map(({ id }) => id));
    // Short work may end before anybody has seen it run; what was over at the first look is no news.
    const [latest] = before ? ended.filter(({ id }) => !before.has(id)) : [];
    if (!latest) return;
    setNews(latest);
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
