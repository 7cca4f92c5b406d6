/** Names one input among the answers in the cache. */
export function toInputKey(id: string): readonly [string, string] {
  return ["input", id];
}
