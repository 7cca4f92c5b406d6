// The app's models, kept current while one is being trained.
import { useQuery } from "@tanstack/react-query";
import type { Model, ModelVersion } from "../../../src/client/models.ts";
import { usePortal } from "../portal.ts";

export const MODELS_KEY = ["models"];

const BUSY_MS = 700;
const FRESH_MS = 5000;
const FOREVER = Number.POSITIVE_INFINITY;

export function isBusy({ latest }: Pick<Model, "latest">): boolean {
  return latest?.state === "queued" || latest?.state === "training";
}

// A model that is made has a version before its first training; the training makes another one.
function isWorthShowing({ state, completedAt }: ModelVersion, place: number): boolean {
  return place === 0 || state !== "untrained" || completedAt !== undefined;
}

export function useModels() {
  const { client } = usePortal();
  return useQuery({
    queryKey: MODELS_KEY,
    queryFn: ({ signal }) => client.models({ signal }),
    staleTime: FRESH_MS,
    refetchInterval: ({ state }) => (state.data?.some(isBusy) ? BUSY_MS : false),
  });
}

export function useModel(id: string) {
  const { client } = usePortal();
  return useQuery({
    queryKey: [...MODELS_KEY, id],
    queryFn: async ({ signal }) => {
      const model = await client.model(id, { signal });
      return { ...model, versions: model.versions.filter(isWorthShowing) };
    },
    staleTime: FRESH_MS,
    refetchInterval: ({ state }) => (state.data && isBusy(state.data) ? BUSY_MS : false),
  });
}

export function useBaseModels() {
  const { client } = usePortal();
  return useQuery({
    queryKey: ["base-models"],
    queryFn: ({ signal }) => client.baseModels({ signal }),
    staleTime: FOREVER,
  });
}
