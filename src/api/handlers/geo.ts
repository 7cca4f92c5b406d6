// Clarifai's Geo message <-> places, and the regions of the Earth that filters ask for.

import type { Geo, GeoPoint } from "#proto/api/resources_pb";
import { EARTH_KM, type Place } from "../../engine/place.ts";
import type { Condition } from "../../engine/query.ts";
import { AppError, type ErrorCode } from "../../errors.ts";

// The unit of a limit -> kilometres of one.
const UNIT_KM: Readonly<Record<string, number>> = {
  withinMiles: 1.609344,
  withinKilometers: 1,
  withinRadians: EARTH_KM,
  withinDegrees: (EARTH_KM * Math.PI) / 180,
};

/** What a filter's geo asks for: a circle, a box, both (either may match) or, empty, nothing.
 *  @throws AppError "invalid_search" naming the field */
export function geoConditions(geo: Geo | undefined, at: string): Condition[] {
  return geo === undefined ? [] : [...circle(geo, at), ...box(geo, at)];
}

/** @throws AppError `code` for a point that is not on Earth */
export function toPlace(point: GeoPoint, at: string, code: ErrorCode): Place {
  const { latitude, longitude } = point;
  if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return { latitude, longitude };
  throw new AppError(
    code,
    `Expected a latitude of -90 to 90 and a longitude of -180 to 180 for ${at} but received ${latitude}, ${longitude}.`,
  );
}

function circle({ geoPoint, geoLimit }: Geo, at: string): Condition[] {
  if (geoPoint === undefined) return [];
  const unitKm = UNIT_KM[geoLimit?.type ?? ""];
  if (geoLimit === undefined || unitKm === undefined) {
    throw new AppError(
      "invalid_search",
      `Expected ${Object.keys(UNIT_KM).join(", ")} for ${at}.geo_limit.type but received ${JSON.stringify(geoLimit?.type ?? "")}.`,
    );
  }
  if (!(geoLimit.value >= 0)) {
    throw new AppError(
      "invalid_search",
      `Expected 0 or more for ${at}.geo_limit.value but received ${geoLimit.value}.`,
    );
  }
  const center = toPlace(geoPoint, `${at}.geo_point`, "invalid_search");
  return [{ kind: "radius", center, radiusKm: geoLimit.value * unitKm }];
}

function box({ geoBox }: Geo, at: string): Condition[] {
  if (geoBox.length === 0) return [];
  const [one, other, ...more] = geoBox.map((corner) => corner.geoPoint);
  if (one === undefined || other === undefined || more.length > 0) {
    throw new AppError(
      "invalid_search",
      `Expected two points for ${at}.geo_box but received ${geoBox.length}.`,
    );
  }
  const toCorner = (point: GeoPoint) => toPlace(point, `${at}.geo_box`, "invalid_search");
  return [{ kind: "box", corners: [toCorner(one), toCorner(other)] }];
}
