// Labels that a trained concept gives by itself from a value on: set, changed, taken away.
import { Button, Slider } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { OwnConcept } from "../../../src/client/concepts.ts";
import { ACTIVITIES_KEY } from "../activities/use-activities.ts";
import { concepts as conceptsText } from "../messages/concepts.ts";
import { toPercentText } from "../models/percent-text.ts";
import { usePortal } from "../portal.ts";
import classes from "./automatic-labels.module.css";

const text = conceptsText.automatic;
const LEAST = 0.5;
const STEP = 0.05;
const DEFAULT = 0.9;

export function AutomaticLabels({ concept: { id, isTrained } }: { readonly concept: OwnConcept }) {
  const { client, queryClient } = usePortal();
  const key = ["automatic-label", id];
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await client.automaticLabel(id, { signal })) ?? null,
  });
  const [moved, setMoved] = useState<number>();
  const {
    mutate,
    isPending,
    error: refusal,
  } = useMutation({
    mutationFn: async (threshold: number | undefined) => {
      if (threshold === undefined) await client.dropAutomaticLabel(id);
      else await client.setAutomaticLabel(id, threshold);
    },
    onSuccess: () => {
      setMoved(undefined);
      void queryClient.invalidateQueries({ queryKey: ACTIVITIES_KEY });
      void queryClient.invalidateQueries({ queryKey: key });
    },
  });
  const threshold = moved ?? data?.threshold ?? DEFAULT;
  const failure = error ?? refusal;
  const isCurrent = data && !data.isStopped && moved === undefined;
  return (
    <section className={classes.automatic} aria-label={text.title} data-testid="automatic-labels">
      <h3>{text.title}</h3>
      <p>{isTrained || data ? text.hint : text.untrained}</p>
      {data && (
        <p role="status">
          {text.labelled(data.labelled)} {data.isStopped && text.stopped}
        </p>
      )}
      {failure && <p role="alert">{failure.message}</p>}
      {(isTrained || data) && (
        <>
          <Slider
            thumbLabel={text.threshold}
            min={LEAST}
            max={1}
            step={STEP}
            value={threshold}
            label={toPercentText}
            onChange={setMoved}
          />
          <div className={classes.actions}>
            <span>{toPercentText(threshold)}</span>
            {!isCurrent && (
              <Button size="xs" loading={isPending} onClick={() => mutate(threshold)}>
                {!data ? text.start : moved === undefined ? text.goOn : text.change}
              </Button>
            )}
            {data && (
              <Button size="xs" variant="default" onClick={() => mutate(undefined)}>
                {text.remove}
              </Button>
            )}
          </div>
        </>
      )}
    </section>
  );
}
