// One image of the grid: square, centre-cropped, four icons down the left edge on hover.
import { useLongPress } from "@mantine/hooks";
import { type MouseEvent, memo } from "react";
import type { Hit } from "../../../src/client/search.ts";
import { messages } from "../messages.ts";
import { toScoreText } from "../quantities.ts";
import { Thumbnail } from "./thumbnail.tsx";
import classes from "./tile.module.css";
import { TileIcon } from "./tile-icon.tsx";

const text = messages.tile;

/** What can be done to a tile, by its place in the results. */
export type TileActions = {
  readonly open: (index: number) => void;
  readonly select: (index: number, isRange: boolean) => void;
  readonly similar: (index: number) => void;
  readonly info: (index: number) => void;
  readonly remove: (index: number) => void;
  readonly undoRemove: (index: number) => void;
  readonly focus: (index: number) => void;
};

type TileProps = {
  readonly hit: Hit;
  readonly index: number;
  readonly isSelected: boolean;
  readonly isSelecting: boolean;
  readonly isDeleted: boolean;
  /** Takes part in the tab order. */
  readonly isCurrent: boolean;
  readonly isScoreShown: boolean;
  readonly actions: TileActions;
};

export const Tile = memo(function Tile(props: TileProps) {
  const { hit, index, isSelected, isDeleted, isCurrent, isScoreShown, actions } = props;
  // Touch screens have no hover: a long press selects.
  const longPress = useLongPress(() => actions.select(index, false), {
    events: ["touch"],
    cancelOnMove: true,
    // Lifting the finger would be a press.
    onFinish: (event) => event.preventDefault(),
  });
  if (isDeleted) return <DeletedTile onUndo={() => actions.undoRemove(index)} />;

  function onPress(event: MouseEvent): void {
    if (props.isSelecting || event.shiftKey) actions.select(index, event.shiftKey);
    else actions.open(index);
  }

  return (
    <div
      className={classes.tile}
      data-testid="tile"
      data-id={hit.input.id}
      data-index={index}
      data-selected={isSelected || undefined}
    >
      <button
        type="button"
        className={classes.picture}
        aria-label={text.open(hit.input.name)}
        tabIndex={isCurrent ? 0 : -1}
        onFocus={() => actions.focus(index)}
        onClick={onPress}
        onContextMenu={(event) => isTouch(event) && event.preventDefault()}
        {...longPress}
      >
        <Thumbnail key={hit.input.status} input={hit.input} />
      </button>
      <div className={classes.icons}>
        <TileIcon
          icon={isSelected ? "selected" : "select"}
          label={isSelected ? text.deselect : text.select}
          isPressed={isSelected}
          isCurrent={isCurrent}
          onPress={(event) => actions.select(index, event.shiftKey)}
        />
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
      </div>
      {isScoreShown && (
        <span className={classes.score} title={text.score} data-testid="score">
          {toScoreText(hit.score)}
        </span>
      )}
    </div>
  );
});

function DeletedTile({ onUndo }: { readonly onUndo: () => void }) {
  return (
    <div className={classes.deleted} data-testid="deleted-tile">
      <span>{text.deleted}</span>
      <button type="button" onClick={onUndo}>
        {messages.undo}
      </button>
    </div>
  );
}

// The menu of the browser stays for the mouse.
function isTouch({ nativeEvent }: MouseEvent): boolean {
  return nativeEvent instanceof PointerEvent && nativeEvent.pointerType === "touch";
}
