// Says that the server is away, and brings everything up to date when it is back.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useCounts } from "../counts.ts";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import classes from "./server-banner.module.css";

const text = messages.frame;

export function ServerBanner() {
  const queryClient = useQueryClient();
  const { error, refetch } = useCounts();
  const isAway = error?.isUnreachable ?? false;
  useEffect(() => {
    if (!isAway) return undefined;
    return () => void queryClient.invalidateQueries();
  }, [isAway, queryClient]);
  if (!isAway) return null;
  return (
    <div role="alert" className={classes.banner} data-testid="server-banner">
      <Icon name="alert" />
      <div>
        <strong>{text.unreachable}</strong> {text.unreachableHint}
      </div>
      <button type="button" onClick={() => void refetch()}>
        {messages.retry}
      </button>
    </div>
  );
}
