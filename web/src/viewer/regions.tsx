// What annotations mark in a picture, drawn over it with its names and the text that stands there.
import { useQuery } from "@tanstack/react-query";
import type { Region } from "../../../src/client/regions.ts";
import { usePortal } from "../portal.ts";
import classes from "./regions.module.css";

/** Nothing while it is not known. */
export function useRegions(id: string): readonly Region[] {
  const { client } = usePortal();
  const { data = [] } = useQuery({
    queryKey: ["regions", id],
    queryFn: ({ signal }) => client.regions(id, { signal }),
    staleTime: 30_000,
  });
  return data;
}

type RegionsProps = {
  /** Of the input. */
  readonly id: string;
  /** Names stay as large as they are while the picture grows. */
  readonly scale: number;
};

export function Regions({ id, scale }: RegionsProps) {
  const regions = useRegions(id);
  return (
    <div className={classes.regions}>
      <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
        {regions.map(({ id: key, corners }) => (
          <Outline key={key} corners={corners} />
        ))}
      </svg>
      {regions.map(({ id: key, corners, names, text }) => {
        const left = Math.min(...corners.map(({ x }) => x));
        const top = Math.min(...corners.map(({ y }) => y));
        const name = [names.join(", "), text && `“${text}”`].filter(Boolean).join(" ");
        return (
          <span
            key={key}
            dir="auto"
            className={classes.name}
            data-testid="region"
            style={{ left: `${left * 100}%`, top: `${top * 100}%`, scale: String(1 / scale) }}
          >
            {name}
          </span>
        );
      })}
    </div>
  );
}

function Outline({ corners }: Pick<Region, "corners">) {
  const [only] = corners;
  if (corners.length === 1 && only) {
    // A line without length has round ends: a dot that the picture's shape does not stretch.
    return <path className={classes.dot} d={`M${only.x} ${only.y}h0`} />;
  }
  return <polygon points={corners.map(({ x, y }) => `${x},${y}`).join(" ")} />;
}
