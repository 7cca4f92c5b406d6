// The countries in sight, and a box: the vector part of a map, behind its marks.
import { useEffect, useState } from "react";
import { type Box, type Size, spanOf, toPlace, toPoint, toScale, type View } from "./map-view.ts";
import { type Country, loadWorld50m, WORLD_110M } from "./world.ts";
import classes from "./world-map.module.css";

/** From here on the coarse outlines are too coarse. */
const FINE_ZOOM = 5;
const NAME_ZOOM = 3;
/** A letter of a name. */
const LETTER_PX = 8;

type MapLandProps = {
  readonly view: View;
  readonly size: Size;
  readonly boxes: readonly Box[];
  readonly hasNames: boolean;
};

export function MapLand({ view, size, boxes, hasNames }: MapLandProps) {
  const countries = useCountries(view.zoom >= FINE_ZOOM);
  const scale = toScale(view, size);
  const turns = turnsInSight(view, size);
  return (
    <svg className={classes.land} width={size.width} height={size.height} aria-hidden="true">
      {turns.map((turn) => (
        <g
          key={turn}
          transform={`translate(${size.width / 2 + (turn * 360 - view.longitude) * scale.x} ${
            size.height / 2 + view.latitude * scale.y
          }) scale(${scale.x} ${-scale.y})`}
        >
          {countries
            .filter(({ box }) => isInSight(box, turn, view, size))
            .map(({ id, path }) => (
              <path key={id} d={path} vectorEffect="non-scaling-stroke" />
            ))}
        </g>
      ))}
      {hasNames && view.zoom >= NAME_ZOOM && (
        <Names countries={countries} view={view} size={size} />
      )}
      {boxes.map((box) => (
        <BoxMark key={JSON.stringify(box)} box={box} view={view} size={size} turns={turns} />
      ))}
    </svg>
  );
}

function Names({ countries, view, size }: Omit<MapLandProps, "boxes" | "hasNames"> & NamesProps) {
  const scale = toScale(view, size);
  return countries.map(({ id, name, box, middle }) => {
    const { x, y } = toPoint(view, size, middle);
    const isRoomy = spanOf(box) * scale.x > name.length * LETTER_PX;
    if (!isRoomy || x < 0 || x > size.width || y < 0 || y > size.height) return null;
    return (
      <text key={id} x={x} y={y}>
        {name}
      </text>
    );
  });
}

type NamesProps = { readonly countries: readonly Country[] };

type BoxMarkProps = {
  readonly box: Box;
  readonly view: View;
  readonly size: Size;
  readonly turns: readonly number[];
};

function BoxMark({ box, view, size, turns }: BoxMarkProps) {
  const scale = toScale(view, size);
  const y = size.height / 2 - (box.north - view.latitude) * scale.y;
  return turns.map((turn) => (
    <rect
      key={turn}
      x={size.width / 2 + (box.west + turn * 360 - view.longitude) * scale.x}
      y={y}
      width={Math.max(2, spanOf(box) * scale.x)}
      height={Math.max(2, (box.north - box.south) * scale.y)}
    />
  ));
}

/** Which repetitions of the world are needed: 0 is the one from -180 to 180. */
function turnsInSight(view: View, size: Size): readonly number[] {
  const west = toPlace(view, size, { x: 0, y: 0 }).longitude;
  const east = toPlace(view, size, { x: size.width, y: 0 }).longitude;
  const [first, last] = [Math.floor((west + 180) / 360), Math.floor((east + 180) / 360)];
  // And their neighbours: what crosses the date line reaches out of its own.
  return Array.from({ length: last - first + 3 }, (_, step) => first - 1 + step);
}

function isInSight(box: Box, turn: number, view: View, size: Size): boolean {
  const northWest = toPlace(view, size, { x: 0, y: 0 });
  const southEast = toPlace(view, size, { x: size.width, y: size.height });
  return (
    box.west + turn * 360 <= southEast.longitude &&
    box.east + turn * 360 >= northWest.longitude &&
    box.south <= northWest.latitude &&
    box.north >= southEast.latitude
  );
}

/** The coarse ones until the fine ones are there. */
function useCountries(isFine: boolean): readonly Country[] {
  const [fine, setFine] = useState<readonly Country[]>();
  useEffect(() => {
    if (!isFine || fine) return;
    let isGone = false;
    // Without them the map is coarse: no reason to stumble.
    loadWorld50m().then(
      (countries) => !isGone && setFine(countries),
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [isFine, fine]);
  return isFine && fine ? fine : WORLD_110M;
}
