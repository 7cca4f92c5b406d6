// Places in columns `latitude` and `longitude` -> SQL conditions that hold within a circle or a box.
import { type RawBuilder, sql } from "kysely";
import { EARTH_KM, type Place } from "../place.ts";

const DEGREES_PER_KM = 180 / (Math.PI * EARTH_KM);
// Rounding must not put the edge of the circle outside of the latitudes that are looked at.
const MARGIN_DEGREES = 1e-6;

/** Great-circle distance of at most `radiusKm`, by the haversine formula (Sinnott 1984), which is exact enough from
 *  centimetres to antipodes. The latitudes come first: they have an index, and need no care at poles or the date line. */
export function isWithinRadius(center: Place, radiusKm: number): RawBuilder<boolean> {
  const { latitude, longitude } = center;
  const reach = radiusKm * DEGREES_PER_KM + MARGIN_DEGREES;
  const angle = Math.min(Math.max(radiusKm, 0) / EARTH_KM, Math.PI);
  const limit = radiusKm < 0 ? -1 : Math.sin(angle / 2) ** 2;
  const cosine = Math.cos((latitude * Math.PI) / 180);
  return sql<boolean>`latitude BETWEEN ${latitude - reach} AND ${latitude + reach}
    AND pow(sin(radians(latitude - ${latitude}) / 2), 2)
      + ${cosine} * cos(radians(latitude)) * pow(sin(radians(longitude - ${longitude}) / 2), 2) <= ${limit}`;
}

/** Between two corners, edges included. A box does not cross the date line. */
export function isWithinBox([one, other]: readonly [Place, Place]): RawBuilder<boolean> {
  const [south, north] = [one.latitude, other.latitude].sort((a, b) => a - b);
  const [west, east] = [one.longitude, other.longitude].sort((a, b) => a - b);
  return sql<boolean>`latitude BETWEEN ${south} AND ${north} AND longitude BETWEEN ${west} AND ${east}`;
}
