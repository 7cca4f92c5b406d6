// The server takes files first and looks at them later: what then fails is marked in the tray, too.
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useCounts } from "../counts.ts";
import { usePortal } from "../portal.ts";
import { useUploads } from "./use-uploads.ts";

/** As many as one answer of the server holds; the newest are ours. */
const FAILED_MAX = 1000;

const FAILED = [{ any_of: [{ kind: "status", statuses: ["failed"] }] }] as const;

export function useRejections(): void {
  const { client, uploads } = usePortal();
  const { data: counts } = useCounts();
  const { sent } = useUploads();
  const failed = counts?.failed ?? 0;
  const { data } = useQuery({
    queryKey: ["rejections", failed],
    queryFn: ({ signal }) => client.search({ filters: FAILED, per_page: FAILED_MAX }, { signal }),
    enabled: failed > 0 && sent > 0,
  });
  useEffect(() => {
    if (!data) return;
    uploads.reject(new Map(data.hits.map(({ input }) => [input.id, input.failure])));
  }, [data, uploads]);
}
