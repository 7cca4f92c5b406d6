// The four icons down the left edge of a tile: select, find similar, info, delete.
import { messages } from "../messages.ts";
import classes from "./tile.module.css";
import type { TileActions } from "./tile-actions.ts";
import { TileIcon } from "./tile-icon.tsx";

const text = messages.tile;

type TileIconsProps = {
  readonly index: number;
  readonly isSelected: boolean;
  /** Takes part in the tab order. */
  readonly isCurrent: boolean;
  /** Only the mark of what is selected. */
  readonly isBare: boolean;
  readonly actions: TileActions;
};

export function TileIcons(props: TileIconsProps) {
  const { index, isSelected, isCurrent, isBare, actions } = props;
  return (
    <div className={classes.icons}>
      <TileIcon
        icon={isSelected ? "selected" : "select"}
        label={isSelected ? text.deselect : text.select}
        isPressed={isSelected}
        isSelect
        isCurrent={isCurrent}
        onPress={(event) => actions.select(index, event.shiftKey)}
      />
      {!isBare && (
        <>
          <TileIcon
            icon="search"
            label={text.similar}
            isCurrent={isCurrent}
            onPress={() => actions.similar(index)}
          />
          <TileIcon
            icon="info"
            label={text.info}
            isCurrent={isCurrent}
            onPress={() => actions.info(index)}
          />
          <TileIcon
            icon="trash"
            label={text.delete}
            isCurrent={isCurrent}
            onPress={() => actions.remove(index)}
          />
        </>
      )}
    </div>
  );
}
