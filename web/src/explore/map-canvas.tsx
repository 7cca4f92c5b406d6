// The canvas of the map, with the picture of what the pointer is on.
import { useMergedRef } from "@mantine/hooks";
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import type { PictureMap } from "../../../src/client/explore.ts";
import { explore as text } from "../messages/explore.ts";
import { usePortal } from "../portal.ts";
import { type GestureTargets, listen } from "./gestures.ts";
import type { ClusterName } from "./labels.ts";
import classes from "./map-canvas.module.css";
import { type MapTheme, MapView } from "./map-view.ts";
import type { PointStyle } from "./point-layer.ts";

const TIP_PX = 160;

export type MapCommands = Pick<MapView, "zoom" | "reset">;

type MapCanvasProps = Pick<GestureTargets, "onCluster" | "onPoints" | "onPoint"> & {
  readonly map: PictureMap;
  readonly style: PointStyle;
  readonly names: readonly ClusterName[];
  readonly isLasso: boolean;
  readonly scheme: string;
  readonly commands: Ref<MapCommands>;
  readonly children?: ReactNode;
};

export function MapCanvas(props: MapCanvasProps) {
  const { map, style, names, isLasso, scheme, commands, children } = props;
  const { client } = usePortal();
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useRef<MapView>(undefined);
  const latest = useRef(props);
  const [hovered, setHovered] = useState<number>();
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (!canvas.current) return;
    const opened = new MapView(canvas.current, client.thumbnailUrl);
    view.current = opened;
    const stop = listen(canvas.current, {
      view: opened,
      isLasso: () => latest.current.isLasso,
      onHover: setHovered,
      onPoint: (point) => latest.current.onPoint(point),
      onPoints: (points, isAdding) => latest.current.onPoints(points, isAdding),
      onCluster: (cluster, isAdding) => latest.current.onCluster(cluster, isAdding),
    });
    return () => {
      stop();
      opened.close();
    };
  }, [client]);
  useEffect(() => view.current?.setPoints(map), [map]);
  useEffect(() => {
    view.current?.setStyle(style, names, themeOf(canvas.current, scheme));
  }, [style, names, scheme]);
  const place = useSize((size) => view.current?.setSize(size));
  useImperativeHandle(commands, () => ({
    zoom: (factor) => view.current?.zoom(factor),
    reset: () => view.current?.reset(),
  }));
  const frame = useRef<HTMLDivElement>(null);
  return (
    <div ref={useMergedRef(place, frame)} className={classes.frame}>
      <canvas
        ref={canvas}
        // It takes keys; the list of clusters beside it says the same to screen readers.
        tabIndex={0}
        role="img"
        aria-label={text.canvas(map.ids.length)}
        className={classes.canvas}
        data-lasso={isLasso || undefined}
        data-testid="map"
      />
      {hovered !== undefined && view.current && (
        <Tip id={map.ids[hovered] ?? ""} at={view.current.placeOf(hovered)} frame={frame} />
      )}
      {children}
    </div>
  );
}

type TipProps = {
  readonly id: string;
  readonly at: { readonly x: number; readonly y: number };
  readonly frame: { readonly current: HTMLDivElement | null };
};

function Tip({ id, at, frame }: TipProps) {
  const { client } = usePortal();
  const width = frame.current?.clientWidth ?? 0;
  const isBelow = at.y < TIP_PX + 64;
  const left = Math.min(width - TIP_PX - 8, Math.max(8, at.x - TIP_PX / 2));
  return (
    <div
      className={classes.tip}
      style={{ left, top: at.y, width: TIP_PX }}
      data-below={isBelow || undefined}
      data-testid="map-tip"
    >
      <img src={client.thumbnailUrl(id)} alt="" />
      <span dir="auto">{id}</span>
    </div>
  );
}

function useSize(onSize: (size: { readonly width: number; readonly height: number }) => void) {
  const latest = useRef(onSize);
  useEffect(() => {
    latest.current = onSize;
  });
  return (element: HTMLDivElement | null) => {
    if (!element) return;
    const observer = new ResizeObserver(() => {
      latest.current({ width: element.clientWidth, height: element.clientHeight });
    });
    observer.observe(element);
    return () => observer.disconnect();
  };
}

// The names of the colours are those of theme.css; they change with the scheme.
function themeOf(element: HTMLElement | null, _scheme: string): MapTheme {
  const style = element && getComputedStyle(element);
  const colour = (name: string) => style?.getPropertyValue(name) ?? "";
  return {
    label: colour("--page"),
    labelText: colour("--text"),
    accent: colour("--accent"),
    accentSoft: colour("--accent-soft"),
  };
}
