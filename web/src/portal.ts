// What every part of the page may use, for the app that is open.
import type { QueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import type { Client } from "../../src/client/client.ts";
import type { Deletions } from "./deletions/deletions.ts";
import type { Selection } from "./grid/selection.ts";
import type { UploadQueue } from "./uploads/upload-queue.ts";
import type { UrlJobs } from "./uploads/url-jobs.ts";

/** One app with what the page knows and does about it. It lives as long as the page: uploads go on while another app
 *  is shown. */
export type Portal = {
  readonly appId: string;
  readonly client: Client;
  /** Answers of the server about this app. */
  readonly queryClient: QueryClient;
  readonly deletions: Deletions;
  readonly uploads: UploadQueue;
  readonly urlJobs: UrlJobs;
  readonly selection: Selection;
};

export const PortalContext = createContext<Portal | undefined>(undefined);

export function usePortal(): Portal {
  const portal = useContext(PortalContext);
  if (!portal) throw new Error("Expected a PortalContext above this component but found none.");
  return portal;
}
