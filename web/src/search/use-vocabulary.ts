// What words of a search may refer to, as far as it is known: datasets by name.
import { useDatasets } from "../filters/use-names.ts";
import type { Vocabulary } from "./parse-filter.ts";

/** @param text what is being typed: it asks for datasets only where one is named */
export function useVocabulary(text: string): () => Vocabulary {
  const { data = [] } = useDatasets(/(^|\s)-?dataset:/i.test(text));
  return () => ({ datasets: data, now: new Date() });
}
