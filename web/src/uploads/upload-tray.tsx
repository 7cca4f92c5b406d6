// Watches over uploads; what there is to see of them loads after the first picture of the page.
import { lazy, Suspense, useEffect } from "react";
import { useRejections } from "./use-rejections.ts";
import { useResume } from "./use-resume.ts";
import { useUploads, useUrlJobs } from "./use-uploads.ts";

/** The first screen comes first. */
const PRELOAD_MS = 200;

const loadPanel = async () => ({ default: (await import("./upload-panel.tsx")).UploadPanel });
const UploadPanel = lazy(loadPanel);

export function UploadTray() {
  const { active, over, skipped, atRisk } = useUploads();
  const jobs = useUrlJobs();
  useLeaveWarning(atRisk > 0);
  useRejections();
  useResume();
  // Before it is needed: it has to say that the server is away, too.
  useEffect(() => {
    const timer = setTimeout(() => void loadPanel().catch(() => undefined), PRELOAD_MS);
    return () => clearTimeout(timer);
  }, []);
  const isEmpty = active.length + over.length + skipped + jobs.length === 0;
  return <Suspense>{!isEmpty && <UploadPanel />}</Suspense>;
}

function useLeaveWarning(isAtRisk: boolean): void {
  useEffect(() => {
    if (!isAtRisk) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isAtRisk]);
}
