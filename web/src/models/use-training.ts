// Training from the page: where it is, and how it ended.
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { ACTIVITIES_KEY } from "../activities/use-activities.ts";
import { usePortal } from "../portal.ts";
import { type Trained, type TrainingOrder, type TrainingStep, train } from "./train.ts";

/** What the last training brought, and the one before it. */
type Results = { readonly trained: Trained; readonly before: Trained | undefined };

export function useTraining() {
  const { client, queryClient } = usePortal();
  const [step, setStep] = useState<TrainingStep>("labelling");
  const ending = useRef<AbortController>(undefined);
  useEffect(() => () => ending.current?.abort(), []);
  // Kept while it is trained again, when the mutation has no data.
  const [results, setResults] = useState<Results>();
  const { mutate, error, isPending, variables } = useMutation({
    mutationFn: (order: TrainingOrder) => {
      ending.current = new AbortController();
      return train(client, order, show, ending.current.signal);
    },
    onSuccess: (trained) => setResults((last) => ({ trained, before: last?.trained })),
    // Labels, concepts, models, results: there is little that training does not touch.
    onSettled: () => void queryClient.invalidateQueries(),
  });

  function show(next: TrainingStep): void {
    setStep(next);
    if (next === "queued") void queryClient.invalidateQueries({ queryKey: ACTIVITIES_KEY });
  }

  return { start: mutate, step, results, error, isPending, order: variables };
}
