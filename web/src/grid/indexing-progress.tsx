// How many inputs still wait for the index, and how many never came there.
import { Link } from "@tanstack/react-router";
import { useCounts } from "../counts.ts";
import { toCountText } from "../messages/count-text.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import classes from "./toolbar.module.css";

const text = messages.results;

export function IndexingProgress() {
  const { appId } = usePortal();
  const { data: counts } = useCounts();
  if (!counts) return null;
  return (
    <>
      {counts.pending > 0 && (
        <span className={classes.pending} data-testid="pending-count" data-count={counts.pending}>
          {text.pending(counts.pending)}
        </span>
      )}
      {counts.failed > 0 && (
        <Link
          to="/apps/$appId/failed"
          params={{ appId }}
          className={classes.failed}
          title={toCountText(counts.failed)}
        >
          {text.failed(counts.failed)}
        </Link>
      )}
    </>
  );
}
