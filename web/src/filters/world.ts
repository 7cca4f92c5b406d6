// The countries of the world as outlines in degrees. Natural Earth (public domain), packed by world-atlas.
import { type GeoPermissibleObjects, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import coarse from "world-atlas/countries-110m.json";
import type { Box, Place } from "./map-view.ts";

export type Country = {
  readonly id: string;
  readonly name: string;
  /** Outline: x is the longitude, y the latitude. */
  readonly path: string;
  readonly box: Box;
  /** Where its name stands. */
  readonly middle: Place;
};

type Named = { readonly name: string };
type World = Parameters<typeof feature>[0];
type Countries = GeoJSON.FeatureCollection<GeoJSON.Geometry, Named>;

// No projection: degrees stay degrees, the map scales them.
const toPath = geoPath().digits(3);

export const WORLD_110M = toCountries(coarse as unknown as World);

/** Ten times the detail, for maps that are close. */
export async function loadWorld50m(): Promise<readonly Country[]> {
  const { default: fine } = await import("world-atlas/countries-50m.json");
  return toCountries(fine as unknown as World);
}

function toCountries(world: World): readonly Country[] {
  const { features } = feature(world, "countries") as unknown as Countries;
  return features.map(({ geometry, ...rest }, place) => {
    const country = { ...rest, geometry: acrossDateLine(geometry) };
    const [[west, south], [east, north]] = toPath.bounds(country);
    const [longitude, latitude] = toPath.centroid(largestPart(country.geometry));
    return {
      id: `${country.id ?? ""} ${place}`,
      name: country.properties.name,
      path: toPath(country) ?? "",
      box: { south, west, north, east },
      middle: { latitude, longitude },
    };
  });
}

// Outlines that cross the date line jump from 180 to -180 there: they go on beyond 180 instead, where the next
// repetition of the world begins.
function acrossDateLine(geometry: GeoJSON.Geometry): GeoJSON.Geometry {
  if (geometry.type === "Polygon") {
    return { ...geometry, coordinates: geometry.coordinates.map(unjumped) };
  }
  if (geometry.type !== "MultiPolygon") return geometry;
  return { ...geometry, coordinates: geometry.coordinates.map((part) => part.map(unjumped)) };
}

function unjumped(ring: readonly GeoJSON.Position[]): GeoJSON.Position[] {
  const points: GeoJSON.Position[] = [];
  let before = ring[0]?.[0] ?? 0;
  for (const [longitude = 0, latitude = 0] of ring) {
    before = longitude - 360 * Math.round((longitude - before) / 360);
    points.push([before, latitude]);
  }
  const [first = 0, start = 0] = points[0] ?? [];
  // Around a pole: over the edge of the map and back to where it began.
  if (Math.abs(before - first) > 180) {
    const pole = start < 0 ? -90 : 90;
    points.push([before, pole], [first, pole], [first, start]);
  }
  return points;
}

// The name of France does not stand in the Atlantic, between it and Guiana.
function largestPart(geometry: GeoJSON.Geometry): GeoPermissibleObjects {
  if (geometry.type !== "MultiPolygon") return geometry;
  const parts = geometry.coordinates.map((coordinates) => {
    return { type: "Polygon", coordinates } as const;
  });
  return parts.reduce((a, b) => (toPath.area(a) >= toPath.area(b) ? a : b));
}
