// The sample gallery: adding it, removing it, and whether this browser still explains it.
import { useLocalStorage } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { SAMPLE_DATASET } from "../../../src/client/samples.ts";
import { ACTIVITIES_KEY, useActivities } from "../activities/use-activities.ts";
import { usePortal } from "../portal.ts";

export function useSamples() {
  const { appId, client } = usePortal();
  const queryClient = useQueryClient();
  const { data = [] } = useActivities();
  const [isHintShown, setIsHintShown] = useLocalStorage({
    key: `semblance.samples-hint.${appId}`,
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const running = data.filter(({ state }) => state === "running");
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: ACTIVITIES_KEY });
  const add = useMutation({
    mutationFn: () => client.addSamples(),
    onMutate: () => setIsHintShown(true),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: () => client.removeSamples(),
    onMutate: () => setIsHintShown(false),
    onSuccess,
  });
  return {
    add,
    remove,
    /** The activity that adds them. */
    adding: running.find(({ kind }) => kind === "samples"),
    isRemoving: running.some(
      ({ kind, about }) => kind === "bulk-delete" && about === SAMPLE_DATASET,
    ),
    isHintShown,
    dismissHint: () => setIsHintShown(false),
  };
}
