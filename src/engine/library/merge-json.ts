// JSON that changes JSON: metadata key by key, and what an annotation says of its regions by their ids.
import type { Json } from "../engine.ts";

/** Objects are merged key by key, at any depth; anything else is replaced. `lists`: of objects that all have an id
 *  are replaced, too, or merged by id. */
export function mergeJson(old: Json, fresh: Json, lists: "replace" | "byId" = "replace"): Json {
  // Not by assignment: metadata may have a key called __proto__.
  const merged = new Map(Object.entries(old));
  for (const [key, value] of Object.entries(fresh)) {
    const before = merged.get(key);
    if (isObject(before) && isObject(value)) merged.set(key, mergeJson(before, value, lists));
    else if (lists === "byId" && isIdList(before) && isIdList(value))
      merged.set(key, mergeById(before, value));
    else merged.set(key, value);
  }
  return Object.fromEntries(merged);
}

/** `json` without the keys that `named` has; a key with keys in it stands for those. */
export function withoutKeys(json: Json, named: Json): Json {
  const kept = new Map(Object.entries(json));
  for (const [key, value] of Object.entries(named)) {
    const before = kept.get(key);
    const isPath = isObject(before) && isObject(value) && Object.keys(value).length > 0;
    if (isPath) kept.set(key, withoutKeys(before, value));
    else kept.delete(key);
  }
  return Object.fromEntries(kept);
}

type WithId = Json & { readonly id: string };

function mergeById(old: readonly WithId[], fresh: readonly WithId[]): readonly Json[] {
  const merged = new Map<string, Json>(old.map((one) => [one.id, one]));
  for (const one of fresh) {
    const before = merged.get(one.id);
    merged.set(one.id, before ? mergeRegion(before, one) : one);
  }
  return [...merged.values()];
}

// A region has one shape: a point does not join the box that was there.
function mergeRegion(old: Json, fresh: Json): Json {
  const merged = mergeJson(old, fresh, "byId");
  return fresh.regionInfo === undefined ? merged : { ...merged, regionInfo: fresh.regionInfo };
}

function isIdList(value: unknown): value is readonly WithId[] {
  return Array.isArray(value) && value.every((one) => isObject(one) && typeof one.id === "string");
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
