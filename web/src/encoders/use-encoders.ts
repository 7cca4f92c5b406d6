// The models that can be searched with, kept current with what is done to them.
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { PacedActivity } from "../activities/pace.ts";
import { ACTIVITIES_KEY, useActivities } from "../activities/use-activities.ts";
import { usePortal } from "../portal.ts";
import { type EncoderChoice, isInstalled, toChoices } from "./encoder-choice.ts";

const ENCODERS_KEY = ["encoders"];
const NONE: readonly PacedActivity[] = [];

/** `choices`: undefined until they are known. */
export function useEncoders() {
  const { client } = usePortal();
  const { data: activities = NONE } = useActivities();
  // Work that begins or ends changes what can be done with a model: it is asked for again.
  const work = activities.filter(({ kind }) => kind.startsWith("encoder"));
  const stamp = work.map(({ id, state }) => `${id} ${state}`).join();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [...ENCODERS_KEY, stamp],
    queryFn: ({ signal }) => client.encoders({ signal }),
    placeholderData: keepPreviousData,
  });
  const choices = useMemo(() => data && toChoices(data, activities), [data, activities]);
  return { choices, spaces: data?.spaces, error, isPending, refetch };
}

/** What a button does with a model. It is over when the page knows what became of it. */
export function useEncoderActions() {
  const { client, queryClient } = usePortal();
  const onSettled = async () => {
    await queryClient.invalidateQueries({ queryKey: ACTIVITIES_KEY });
    await queryClient.invalidateQueries({ queryKey: ENCODERS_KEY });
  };
  return {
    /** Searches with it: downloads it before, if need be. */
    start: useMutation({
      mutationFn: (choice: EncoderChoice) => {
        const { encoder, kept } = choice;
        if (!isInstalled(choice)) return client.downloadEncoder(encoder.id);
        return client.changeEncoder(kept ? { space: kept.space } : { id: encoder.id });
      },
      onSettled,
    }),
    cancel: useMutation({
      mutationFn: (activityId: string) => client.cancelActivity(activityId),
      onSettled,
    }),
    removeFiles: async (id: string) => {
      await client.deleteEncoder(id);
      await onSettled();
    },
    removeVectors: async (space: number) => {
      await client.deleteVectors(space);
      await onSettled();
    },
  };
}
