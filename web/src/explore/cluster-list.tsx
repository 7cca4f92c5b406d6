// The clusters as buttons, largest first: the legend of the map, and what it says in words.
import type { MapCluster } from "../../../src/client/explore.ts";
import { toCountText } from "../messages/count-text.ts";
import { explore as text } from "../messages/explore.ts";
import classes from "./explore.module.css";
import { clusterColour, type Scheme, toCss } from "./map-colours.ts";

type ClusterListProps = {
  readonly clusters: readonly (MapCluster & { readonly text: string })[];
  /** Whose colours stand for the clusters; undefined where colours mean something else. */
  readonly scheme: Scheme | undefined;
  readonly onChoose: (id: number, isAdding: boolean) => void;
};

export function ClusterList({ clusters, scheme, onChoose }: ClusterListProps) {
  const sorted = [...clusters].sort((a, b) => b.count - a.count || a.id - b.id);
  return (
    <section className={classes.clusters} aria-label={text.clusters}>
      <h2>{text.clusters}</h2>
      <ul>
        {sorted.map((cluster) => (
          <li key={cluster.id}>
            <button
              type="button"
              aria-label={text.cluster(cluster.text, cluster.count)}
              onClick={(event) => onChoose(cluster.id, event.shiftKey)}
              data-testid="cluster"
            >
              {scheme && (
                <i
                  className={classes.dot}
                  style={{ background: toCss(clusterColour(cluster.id, scheme)) }}
                />
              )}
              <span>{cluster.text}</span>
              <b>{toCountText(cluster.count)}</b>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
