// Up to four pictures as one square: what a saved search or a dataset looks like.
import type { SearchPage } from "../../../src/client/search.ts";
import { Thumbnail } from "../grid/thumbnail.tsx";
import { Icon, type IconName } from "../icon.tsx";
import classes from "./cover.module.css";

type CoverProps = {
  /** Undefined until they are known. */
  readonly hits: SearchPage["hits"] | undefined;
  /** Where there is no picture. */
  readonly icon: IconName;
};

/** Decoration: what it is of stands beside it. */
export function Cover({ hits, icon }: CoverProps) {
  return (
    <div className={classes.cover} data-count={hits?.length} aria-hidden="true">
      {hits?.map(({ input }) => (
        <span key={input.id}>
          <Thumbnail input={input} />
        </span>
      ))}
      {hits?.length === 0 && <Icon name={icon} sizePx={32} />}
    </div>
  );
}
