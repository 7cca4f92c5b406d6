// Where a picture was taken: coordinates, and the world with a mark.
import { lazy, Suspense, useMemo } from "react";
import { messages } from "../messages.ts";
import classes from "./place.module.css";
import { Section } from "./section.tsx";

const WorldMap = lazy(async () => ({
  default: (await import("../filters/world-map.tsx")).WorldMap,
}));

type PlaceProps = {
  readonly place: { readonly latitude: number; readonly longitude: number };
};

export function Place({ place }: PlaceProps) {
  const { latitude, longitude } = place;
  const points = useMemo(() => [{ latitude, longitude }], [latitude, longitude]);
  return (
    <Section title={messages.input.place} testId="place">
      <div className={classes.map}>
        <Suspense>
          <WorldMap points={points} isInteractive={false} />
        </Suspense>
      </div>
      <p className={classes.coordinates}>{toCoordinates(latitude, longitude)}</p>
    </Section>
  );
}

/** 48.85837° N, 2.29448° E */
function toCoordinates(latitude: number, longitude: number): string {
  const { north, south, east, west } = messages.input.directions;
  const toText = (degrees: number, positive: string, negative: string) =>
    `${Math.abs(degrees).toFixed(5)}° ${degrees < 0 ? negative : positive}`;
  return `${toText(latitude, north, south)}, ${toText(longitude, east, west)}`;
}
