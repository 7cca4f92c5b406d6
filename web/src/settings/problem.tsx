// Says that a section did not load, and lets one try again.
import { Button } from "@mantine/core";
import { settings as settingsText } from "../messages/settings.ts";
import { messages } from "../messages.ts";
import classes from "./section.module.css";

type ProblemProps = {
  readonly error: { readonly message: string } | null;
  readonly onRetry: () => unknown;
};

export function Problem({ error, onRetry }: ProblemProps) {
  if (!error) return null;
  return (
    <div className={classes.row} role="alert">
      <span>
        {settingsText.loadFailed} {error.message}
      </span>
      <Button size="xs" variant="default" onClick={() => void onRetry()}>
        {messages.retry}
      </Button>
    </div>
  );
}
