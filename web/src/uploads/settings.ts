// What the next uploads are given, as this browser remembers it for the app.
import { useLocalStorage } from "@mantine/hooks";
import type { UploadSettings } from "../../../src/client/inputs.ts";
import { parseMetadata } from "../bulk/metadata-text.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";

const text = messages.uploads;
/** As the server. */
export const METADATA_MAX = 4096;
export const LABELS_MAX = 64;

/** `dataset`: its id, "" for none; `metadata`: as it was typed. */
export type GivenSettings = {
  readonly labels: readonly string[];
  readonly dataset: string;
  readonly metadata: string;
  readonly areDuplicateUrlsAllowed: boolean;
};

export const NO_SETTINGS: GivenSettings = {
  labels: [],
  dataset: "",
  metadata: "",
  areDuplicateUrlsAllowed: false,
};

export function useUploadSettings() {
  const { appId } = usePortal();
  const [settings, setSettings] = useLocalStorage<GivenSettings>({
    key: `semblance.upload-settings.${appId}`,
    defaultValue: NO_SETTINGS,
    getInitialValueInEffect: false,
  });
  const change = (part: Partial<GivenSettings>) => setSettings((old) => ({ ...old, ...part }));
  return { settings, change };
}

/** Why the metadata cannot be used; "" if they can. */
export function metadataProblem(metadata: string): string {
  if (metadata.length > METADATA_MAX) return text.metadataLong(METADATA_MAX);
  return parseMetadata(metadata).problem;
}

/** As the server takes them; metadata that cannot be used are left out. */
export function toUploadSettings({
  labels,
  dataset,
  metadata: given,
}: GivenSettings): UploadSettings {
  const { metadata = {} } = parseMetadata(given);
  return {
    ...(labels.length > 0 && { labels }),
    ...(dataset !== "" && { datasets: [dataset] }),
    ...(Object.keys(metadata).length > 0 && { metadata }),
  };
}
