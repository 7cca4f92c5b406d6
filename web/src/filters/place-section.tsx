// Where a picture was taken: on a map, or by the degrees of an area.
import { useDisclosure } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import type { Places } from "../../../src/client/facets.ts";
import { IconButton } from "../controls/icon-button.tsx";
import { type FilterKind, toWireFilters, withoutKinds } from "../filter.ts";
import { SEARCH_KEY } from "../grid/search-page.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { AreaFields } from "./area-fields.tsx";
import panel from "./filter-panel.module.css";
import { NO_NAMES, toFilterText } from "./filter-text.ts";
import type { Box } from "./map-view.ts";
import classes from "./place-section.module.css";
import type { Filters } from "./use-filters.ts";
import { type Choice, ValueRow } from "./value-list.tsx";
import type { SectionProps } from "./value-sections.tsx";
import { WorldMap } from "./world-map.tsx";

const text = messages.filters;
const KINDS: readonly FilterKind[] = ["placed", "box", "near"];

const MapDialog = lazy(async () => ({ default: (await import("./map-dialog.tsx")).MapDialog }));

export function PlaceSection({ facets, filters }: SectionProps) {
  const { data, error } = usePlaces(filters);
  const [isChoosing, setIsChoosing] = useState(false);
  const [isLarge, large] = useDisclosure(false);
  const box = boxOf(filters);
  const choose = (next: Box | undefined) => {
    setIsChoosing(false);
    filters.replace(KINDS, next && toBoxFilter(next));
  };
  const points = data?.places ?? NOWHERE;
  return (
    <>
      <div className={classes.map}>
        <WorldMap
          points={points}
          box={box}
          isChoosing={isChoosing}
          onBox={choose}
          controls={
            <>
              <IconButton icon="expand" label={text.openMap} onClick={large.open} />
              <IconButton
                icon="crop"
                label={text.chooseArea}
                isPressed={isChoosing}
                onClick={() => setIsChoosing(!isChoosing)}
              />
            </>
          }
        />
      </div>
      <p className={panel.hint} role="status">
        {error ? text.placesFailed : isChoosing ? text.chooseHint : toHint(data)}
      </p>
      <PlaceValues facets={facets} filters={filters} />
      <AreaFields box={box} onChoose={choose} />
      <Suspense>
        {isLarge && (
          <MapDialog
            points={points}
            box={box}
            filters={filters}
            onChoose={choose}
            onClose={large.close}
          />
        )}
      </Suspense>
    </>
  );
}

const NOWHERE: Places["places"] = [];

function toHint(places: Places | undefined): string {
  if (!places) return "";
  return places.total === 0 ? text.noPlaces : text.placesFound(places.total);
}

/** "Has a place", and what is set: to be turned into its opposite. */
function PlaceValues({ facets, filters }: SectionProps) {
  const set = filters.of("box", "near").map(({ isNegated: _, ...value }): Choice => {
    return { value, name: toFilterText({ ...value, isNegated: false }, NO_NAMES) };
  });
  const placed: Choice = {
    value: { kind: "placed" },
    name: text.hasPlace,
    count: facets?.placed,
  };
  return (
    <ul className={panel.chosen}>
      {[placed, ...set].map((choice) => (
        <ValueRow key={JSON.stringify(choice.value)} choice={choice} filters={filters} />
      ))}
    </ul>
  );
}

/** Of what the other filters find: elsewhere there is something to choose, too. */
function usePlaces({ query }: Filters) {
  const { client } = usePortal();
  const filters = toWireFilters(withoutKinds(query.filters, KINDS), query.labelsAre);
  return useQuery({
    queryKey: [...SEARCH_KEY, "places", JSON.stringify(filters)],
    queryFn: ({ signal }) => client.places({ filters }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function boxOf(filters: Filters): Box | undefined {
  return filters.of("box").find((filter) => filter.kind === "box");
}

function toBoxFilter({ south, west, north, east }: Box) {
  return { kind: "box", south, west, north, east } as const;
}
