// Places on Earth and distances between them.
import { AppError } from "../errors.ts";

/** Degrees: latitude -90..90, longitude -180..180. */
export type Place = { readonly latitude: number; readonly longitude: number };

/** Mean radius of the Earth. */
export const EARTH_KM = 6371.0088;

/** The place itself. `of`: what lies there, such as "the input". @throws AppError "invalid_request" */
export function checkedPlace(place: Place, of: string): Place {
  const { latitude, longitude } = place;
  if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return place; // false for NaN
  throw new AppError(
    "invalid_request",
    `Expected a latitude of -90 to 90 and a longitude of -180 to 180 for the place of ${of} but received ${latitude}, ${longitude}.`,
  );
}
