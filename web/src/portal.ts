// What every part of the page may use. Wired once in main.tsx.
import { createContext, useContext } from "react";
import type { Client } from "../../src/client/client.ts";
import type { Deletions } from "./deletions/deletions.ts";
import type { UploadQueue } from "./uploads/upload-queue.ts";

export type Portal = {
  readonly client: Client;
  readonly deletions: Deletions;
  readonly uploads: UploadQueue;
};

export const PortalContext = createContext<Portal | undefined>(undefined);

export function usePortal(): Portal {
  const portal = useContext(PortalContext);
  if (!portal) throw new Error("Expected a PortalContext above this component but found none.");
  return portal;
}
