// The marks of a map: how many pictures are where, on a large map with one of them.
import { toCountText } from "../messages/count-text.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import type { Cluster } from "./map-clusters.ts";
import { type Size, toPoint, type View } from "./map-view.ts";
import classes from "./world-map.module.css";

const text = messages.filters;

type MapMarksProps = {
  readonly clusters: readonly Cluster[];
  readonly view: View;
  readonly size: Size;
  readonly hasPictures: boolean;
  readonly onPick: ((cluster: Cluster) => void) | undefined;
};

export function MapMarks({ clusters, view, size, hasPictures, onPick }: MapMarksProps) {
  const { client } = usePortal();
  return clusters.map((cluster) => {
    const { x, y } = toPoint(view, size, cluster);
    const { count, inputId, latitude, longitude } = cluster;
    const props = {
      className: classes.mark,
      style: { transform: `translate(${x}px, ${y}px) translate(-50%, -50%)` },
      "data-testid": "map-mark",
      "data-count": count,
      "data-size": toSizeName(count),
    };
    const hasPicture = hasPictures && inputId !== undefined;
    const content = (
      <>
        {hasPicture && <img src={client.thumbnailUrl(inputId)} alt="" loading="lazy" />}
        {count > 1 && <span>{toCountText(count)}</span>}
      </>
    );
    const key = `${latitude} ${longitude}`;
    return onPick ? (
      <button
        {...props}
        key={key}
        type="button"
        // In the small map they are many stops on the way; the area can be typed, and the large map has them.
        tabIndex={hasPictures ? 0 : -1}
        aria-label={text.pointHere(count)}
        title={text.pointHere(count)}
        data-picture={hasPicture || undefined}
        onClick={() => onPick(cluster)}
      >
        {content}
      </button>
    ) : (
      <span {...props} key={key}>
        {content}
      </span>
    );
  });
}

function toSizeName(count: number): string {
  if (count === 1) return "one";
  if (count < 100) return "some";
  return "many";
}
