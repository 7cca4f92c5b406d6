// The world with places on it, drawn from outlines that come with the Portal: no tiles, no network.
import { useElementSize } from "@mantine/hooks";
import { type ReactNode, useMemo, useState } from "react";
import { IconButton } from "../controls/icon-button.tsx";
import { messages } from "../messages.ts";
import { type Cluster, inSight, type MapPoint, toClusterBox, toClusters } from "./map-clusters.ts";
import { MapLand } from "./map-land.tsx";
import { MapMarks } from "./map-marks.tsx";
import {
  type Box,
  fitted,
  isInView,
  leastZoom,
  type Size,
  toBoxAround,
  type View,
  WORLD,
  ZOOM_MAX,
  zoomed,
} from "./map-view.ts";
import { useMapGestures, ZOOM_STEP } from "./use-map-gestures.ts";
import classes from "./world-map.module.css";

const text = messages.filters;
/** What comes over the lower edge leaves it in sight. */
const PICKED_SHARE = 0.5;

type WorldMapProps = {
  readonly points: readonly MapPoint[];
  /** Default true; false: a picture of a map. */
  readonly isInteractive?: boolean;
  /** Drawn on the map. */
  readonly box?: Box | undefined;
  /** A drag chooses an area instead of moving the map. */
  readonly isChoosing?: boolean;
  /** An area was drawn, or a mark pressed: the area under it. */
  readonly onBox?: ((box: Box) => void) | undefined;
  /** It is the page: the wheel zooms, marks show pictures, countries have names. */
  readonly isLarge?: boolean;
  /** Buttons above the ones that zoom. */
  readonly controls?: ReactNode;
};

/** Fills what it is put into. */
export function WorldMap(props: WorldMapProps) {
  const { points, isInteractive = true, box, isChoosing = false, isLarge = false } = props;
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const size = useMemo(() => ({ width, height }), [width, height]);
  // Until somebody moves it, the map shows everything that is on it.
  const [own, setOwn] = useState<View>();
  const home = useMemo(() => toHome(points, size), [points, size]);
  const view = own ?? home;
  const change = (to: (view: View) => View | undefined) => setOwn((now) => to(now ?? home));
  // A box that was set elsewhere is brought into sight.
  const [shown, setShown] = useState<Box>();
  if (box !== shown && width > 0) {
    setShown(box);
    if (box && !isInView(box, view, size)) setOwn(fitted(box, size));
  }
  const clusters = useMemo(() => toClusters(points, view, size), [points, view, size]);
  const { handlers, drawn } = useMapGestures(isInteractive ? element : null, {
    view,
    size,
    onView: change,
    onBox: isChoosing ? props.onBox : undefined,
    isWheelOurs: isLarge,
  });
  const count = points.reduce((sum, point) => sum + (point.count ?? 1), 0);
  const zoomBy = (factor: number) =>
    change((from) => zoomed(from, size, factor, { x: width / 2, y: height / 2 }));
  const pick = (cluster: Cluster) => {
    const area = toClusterBox(cluster, view, size);
    const closer = fitted(area, size, PICKED_SHARE);
    if (isLarge && closer.zoom > view.zoom) setOwn(closer);
    props.onBox?.(area);
  };
  const content = width > 0 && (
    <>
      <MapLand
        view={view}
        size={size}
        boxes={[box, drawn].filter((one) => one !== undefined)}
        hasNames={isLarge}
      />
      <MapMarks
        clusters={inSight(clusters, view, size)}
        view={view}
        size={size}
        hasPictures={isLarge}
        onPick={props.onBox && pick}
      />
    </>
  );
  if (!isInteractive) {
    return (
      <div ref={ref} className={classes.map} role="img" aria-label={toName(points)}>
        {content}
      </div>
    );
  }
  return (
    <div ref={ref} className={classes.map}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields; this is a surface that keys move. */}
      <div
        {...handlers}
        ref={setElement}
        role="group"
        className={classes.surface}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move it, plus and minus zoom.
        tabIndex={0}
        aria-label={`${text.mapOf(count)}. ${text.mapKeys}`}
        data-testid="world-map"
        data-choosing={isChoosing || undefined}
        data-large={isLarge || undefined}
        data-zoom={view.zoom.toFixed(2)}
      >
        {content}
      </div>
      <div className={classes.controls} data-large={isLarge || undefined}>
        {props.controls}
        <IconButton
          icon="add"
          label={text.zoomIn}
          disabled={view.zoom >= ZOOM_MAX}
          onClick={() => zoomBy(ZOOM_STEP)}
        />
        <IconButton
          icon="minus"
          label={text.zoomOut}
          disabled={view.zoom <= leastZoom(size)}
          onClick={() => zoomBy(1 / ZOOM_STEP)}
        />
        <IconButton
          icon="retry"
          label={text.resetMap}
          disabled={own === undefined}
          onClick={() => setOwn(undefined)}
        />
      </div>
    </div>
  );
}

function toHome(points: readonly MapPoint[], size: Size): View {
  const around = toBoxAround(points);
  return around && size.width > 0 ? fitted(around, size) : WORLD;
}

function toName(points: readonly MapPoint[]): string {
  const [only, ...others] = points;
  return only && others.length === 0
    ? text.placed(only.latitude, only.longitude)
    : text.mapOf(points.length);
}
