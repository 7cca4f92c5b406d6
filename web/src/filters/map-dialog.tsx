// The map as large as the screen: press a mark or choose an area, see what was taken there, show all of it.
import { Button, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { IconButton } from "../controls/icon-button.tsx";
import { type Filter, withFilter, withoutKinds } from "../filter.ts";
import { SEARCH_KEY } from "../grid/search-page.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { EVERYTHING, type Query, toSearch } from "../query.ts";
import type { MapPoint } from "./map-clusters.ts";
import classes from "./map-dialog.module.css";
import type { Box } from "./map-view.ts";
import type { Filters } from "./use-filters.ts";
import { WorldMap } from "./world-map.tsx";

const text = messages.filters;
const SHOWN = 24;

type MapDialogProps = {
  readonly points: readonly MapPoint[];
  readonly box: Box | undefined;
  readonly filters: Filters;
  readonly onChoose: (box: Box | undefined) => void;
  readonly onClose: () => void;
};

export function MapDialog({ points, box, filters, onChoose, onClose }: MapDialogProps) {
  const [isChoosing, setIsChoosing] = useState(false);
  const [area, setArea] = useState(box);
  const choose = (next: Box | undefined) => {
    setIsChoosing(false);
    setArea(next);
  };
  return (
    <Modal
      opened
      fullScreen
      title={text.map}
      closeButtonProps={{ "aria-label": text.closeMap }}
      classNames={{ content: classes.dialog, body: classes.body }}
      onClose={onClose}
    >
      <div className={classes.map}>
        <WorldMap
          isLarge
          points={points}
          box={area}
          isChoosing={isChoosing}
          onBox={choose}
          controls={
            <IconButton
              icon="crop"
              label={text.chooseArea}
              isPressed={isChoosing}
              onClick={() => setIsChoosing(!isChoosing)}
            />
          }
        />
        {isChoosing && (
          <p className={classes.hint} role="status">
            {text.chooseHint}
          </p>
        )}
      </div>
      {area && (
        <Here
          area={area}
          query={filters.query}
          onShow={() => {
            onChoose(area);
            onClose();
          }}
          onClear={() => {
            choose(undefined);
            if (box) onChoose(undefined);
          }}
        />
      )}
    </Modal>
  );
}

type HereProps = {
  readonly area: Box;
  readonly query: Query;
  readonly onShow: () => void;
  readonly onClear: () => void;
};

/** The newest pictures of an area. */
function Here({ area, query, onShow, onClear }: HereProps) {
  const { data } = usePicturesIn(area, query);
  return (
    <section className={classes.here} aria-label={text.area}>
      <div className={classes.row}>
        <strong role="status" data-testid="map-here" data-count={data?.total}>
          {data && (data.total === 0 ? text.nothingHere : text.areaSelected(data.total))}
        </strong>
        <Button variant="default" onClick={onClear}>
          {text.clear}
        </Button>
        {data && data.total > 0 && <Button onClick={onShow}>{text.showHere}</Button>}
      </div>
      <div className={classes.pictures}>
        {data?.hits.map(({ input }) => (
          <img key={input.id} src={input.thumbnailUrl} alt={input.name} title={input.name} />
        ))}
      </div>
    </section>
  );
}

function usePicturesIn({ south, west, north, east }: Box, query: Query) {
  const { client } = usePortal();
  const { labelsAre } = query;
  const here: Filter = { kind: "box", isNegated: false, south, west, north, east };
  const filters = withFilter(withoutKinds(query.filters, ["box", "near", "placed"]), here);
  const search = toSearch({ ...EVERYTHING, filters, labelsAre });
  return useQuery({
    queryKey: [...SEARCH_KEY, "here", JSON.stringify(search)],
    queryFn: ({ signal }) => client.search({ ...search, per_page: SHOWN }, { signal }),
  });
}
