import { useMutation } from "@tanstack/react-query";
import { ACTIVITIES_KEY } from "../activities/use-activities.ts";
import { usePortal } from "../portal.ts";
import { MODELS_KEY } from "./use-models.ts";

/** Queues the training of a new version, from the same inputs as the last one. */
export function useRetrain(modelId: string, dataset?: string) {
  const { client, queryClient } = usePortal();
  return useMutation({
    mutationFn: () => client.trainModel(modelId, dataset),
    onSuccess: async () => {
      void queryClient.invalidateQueries({ queryKey: ACTIVITIES_KEY });
      await queryClient.invalidateQueries({ queryKey: MODELS_KEY });
    },
  });
}
