// Uploads that wait for the server, or for its key, go on when it answers again.
import { useEffect } from "react";
import { useCounts } from "../counts.ts";
import { usePortal } from "../portal.ts";

export function useResume(): void {
  const { uploads } = usePortal();
  const { dataUpdatedAt, isSuccess } = useCounts();
  useEffect(() => {
    if (isSuccess && dataUpdatedAt > 0) uploads.resume();
  }, [isSuccess, dataUpdatedAt, uploads]);
}
