// What is typed as the value of a metadata key <-> JSON.

/** Text that is JSON is taken as that; any other text as it is. What an example looks like when typed is that example:
 *  where the metadata say "2019" as text, so does 2019 here. */
export function toMetadataValue(typed: string, examples: readonly unknown[]): unknown {
  const text = typed.trim();
  const example = examples.find((each) => toTyped(each) === text || String(each) === text);
  if (example !== undefined) return example;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Text that would be taken for JSON is quoted. */
export function toTyped(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return isJson(value) ? JSON.stringify(value) : value;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
