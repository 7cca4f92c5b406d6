// The map with its tools, and beside it the clusters or what is selected.
import { useComputedColorScheme } from "@mantine/core";
import { useMemo, useRef, useState } from "react";
import type { PictureMap } from "../../../src/client/explore.ts";
import { useDeletions } from "../deletions/use-deletions.ts";
import { useSelected } from "../grid/selection.ts";
import { explore as text } from "../messages/explore.ts";
import { usePortal } from "../portal.ts";
import { ClusterList } from "./cluster-list.tsx";
import { ColourBy, type Colouring } from "./colour-by.tsx";
import classes from "./explore.module.css";
import { MapCanvas, type MapCommands } from "./map-canvas.tsx";
import { MapTools } from "./map-tools.tsx";
import { toStyle } from "./point-style.ts";
import { SelectedPictures } from "./selected-pictures.tsx";

export function MapBoard({ map }: { readonly map: PictureMap }) {
  const { selection } = usePortal();
  const { ids: selected } = useSelected();
  const { hidden } = useDeletions();
  const scheme = useComputedColorScheme("light");
  const [isLasso, setIsLasso] = useState(false);
  const [colouring, setColouring] = useState<Colouring>({ by: "cluster" });
  const commands = useRef<MapCommands>(null);
  const values = colouring.by === "concept" ? colouring.values : undefined;
  const style = useMemo(
    () => toStyle(map, { scheme, values, selected, hidden }),
    [map, scheme, values, selected, hidden],
  );
  const clusters = useMemo(
    () => map.clusters.map((one) => ({ ...one, text: one.name || text.unnamed(one.id) })),
    [map],
  );

  function select(points: readonly number[], isAdding: boolean): void {
    if (!isAdding) selection.clear();
    const ids = points.map((point) => map.ids[point] ?? "").filter((id) => !hidden.has(id));
    if (ids.length > 0) selection.add(ids);
    setIsLasso(false);
  }

  function selectCluster(id: number, isAdding: boolean): void {
    select(
      [...map.ids.keys()].filter((point) => map.cluster[point] === id),
      isAdding,
    );
  }

  return (
    <div className={classes.board}>
      <MapCanvas
        map={map}
        style={style}
        names={clusters}
        isLasso={isLasso}
        scheme={scheme}
        commands={commands}
        onPoint={(point) => selection.toggle(map.ids[point] ?? "")}
        onPoints={select}
        onCluster={selectCluster}
      >
        <div className={classes.tools}>
          <ColourBy map={map} scheme={scheme} colouring={colouring} onChange={setColouring} />
          <MapTools
            isLasso={isLasso}
            onLasso={() => setIsLasso(!isLasso)}
            onZoom={(factor) => commands.current?.zoom(factor)}
            onReset={() => commands.current?.reset()}
          />
        </div>
        {isLasso && (
          <p className={classes.hint} role="status">
            {text.lassoHint}
          </p>
        )}
      </MapCanvas>
      <aside className={classes.aside}>
        {selected.size > 0 ? (
          <SelectedPictures ids={[...selected].filter((id) => !hidden.has(id))} />
        ) : (
          <ClusterList
            clusters={clusters}
            scheme={colouring.by === "cluster" ? scheme : undefined}
            onChoose={selectCluster}
          />
        )}
      </aside>
    </div>
  );
}
