// Facts -> columns of the inputs table.
import { sql } from "kysely";
import { FACTS_VERSION, type Facts } from "./facts.ts";

/** For the update of one input. What people said of its place stays, and a place that they took away does not come
 *  back while the bytes (`sha256`) are the same. */
export function toColumns({ blur, colours, takenAt, exif, place }: Facts, sha256: string) {
  const isNew = sql<boolean>`latitude IS NULL AND (facts = 0 OR sha256 IS NOT ${sha256})`;
  const coordinate = (name: "latitude" | "longitude") =>
    sql<number | null>`CASE WHEN ${isNew} THEN ${place?.[name] ?? null} ELSE ${sql.ref(name)} END`;
  return {
    blur,
    colours,
    taken_ms: takenAt?.getTime() ?? null,
    exif: Object.keys(exif).length > 0 ? JSON.stringify(exif) : null,
    latitude: coordinate("latitude"),
    longitude: coordinate("longitude"),
    facts: FACTS_VERSION,
  };
}
