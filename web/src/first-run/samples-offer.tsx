// "Try it with a sample gallery", and how far its drawing is.

import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { ProgressBar } from "../controls/progress-bar.tsx";
import { COUNTS_KEY } from "../counts.ts";
import { firstRun as text } from "../messages/first-run.ts";
import classes from "./first-run.module.css";
import { useSamples } from "./use-samples.ts";

export function SamplesOffer() {
  const { add, adding } = useSamples();
  const queryClient = useQueryClient();
  const done = adding?.done;
  // The grid takes over with the first picture: the counts say when.
  useEffect(() => {
    if (done !== undefined) void queryClient.invalidateQueries({ queryKey: COUNTS_KEY });
  }, [done, queryClient]);
  const isBusy = add.isPending || adding !== undefined;
  return (
    <section className={classes.samples}>
      <div>
        <h2>{text.samplesTitle}</h2>
        <p>{isBusy ? text.drawing : text.samplesHint}</p>
        {add.error && <p role="alert">{add.error.message}</p>}
      </div>
      {isBusy ? (
        <ProgressBar
          className={classes.bar}
          label={text.samplesProgress}
          done={adding?.done ?? 0}
          total={adding?.total ?? 0}
          testId="samples-progress"
        />
      ) : (
        <Button variant="default" onClick={() => add.mutate()} data-testid="add-samples">
          {text.addSamples}
        </Button>
      )}
    </section>
  );
}
