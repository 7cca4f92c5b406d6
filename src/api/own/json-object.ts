// A JSON object that people give, such as metadata -> the same one. A copy of it, key by key, would lack __proto__.
import { z } from "zod";
import type { Json } from "../../engine/engine.ts";
import { isObject, MAX_DEPTH } from "../json.ts";

/** What is deeper could be stored, but not be read again. */
export const jsonObject = z
  .custom<Json>(isObject, "expected a JSON object")
  .refine((json) => isWithin(json, MAX_DEPTH), `expected at most ${MAX_DEPTH} levels of JSON`);

function isWithin(json: unknown, levels: number): boolean {
  if (typeof json !== "object" || json === null) return true;
  return levels > 0 && Object.values(json).every((part) => isWithin(part, levels - 1));
}
