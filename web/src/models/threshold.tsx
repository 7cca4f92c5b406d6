// How many images reach a value of a concept, by asking the server where the slider comes to rest.
import { Slider } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useCounts } from "../counts.ts";
import { models as text } from "../messages/models.ts";
import { usePortal } from "../portal.ts";
import classes from "./concept-table.module.css";
import { toPercentText } from "./percent-text.ts";

const BORDER = 0.5;
const STEP = 0.05;
const FRESH_MS = 10_000;

type ThresholdProps = {
  readonly name: string;
  /** Asks at once rather than when the slider has moved. */
  readonly isEager: boolean;
};

export function Threshold({ name, isEager }: ThresholdProps) {
  const { client } = usePortal();
  const [shown, setShown] = useState(BORDER);
  const [asked, setAsked] = useState(isEager ? BORDER : undefined);
  const total = useCounts().data?.processed ?? 0;
  const { data } = useQuery({
    queryKey: ["passing", name, asked],
    queryFn: ({ signal }) => countPassing(asked ?? BORDER, signal),
    enabled: asked !== undefined,
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });

  async function countPassing(minScore: number, signal: AbortSignal): Promise<number> {
    const ranks = [{ kind: "concept", name }] as const;
    const request = { ranks, min_score: minScore, per_page: 1 };
    return (await client.search(request, { signal })).total;
  }

  return (
    <div className={classes.threshold}>
      <Slider
        thumbLabel={text.thresholdOf(name)}
        min={0}
        max={1}
        step={STEP}
        value={shown}
        label={toPercentText}
        onChange={setShown}
        onChangeEnd={setAsked}
      />
      <span role="status">
        {data === undefined
          ? toPercentText(shown)
          : text.passing(toPercentText(shown), data, total)}
      </span>
    </div>
  );
}
