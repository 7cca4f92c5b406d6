// One image of the grid: square, centre-cropped, four icons down the left edge on hover.
import { useLongPress } from "@mantine/hooks";
import { type MouseEvent, memo, useState } from "react";
import type { Hit } from "../../../src/client/search.ts";
import { messages } from "../messages.ts";
import { toScoreText } from "../quantities.ts";
import { Thumbnail } from "./thumbnail.tsx";
import classes from "./tile.module.css";
import type { TileActions } from "./tile-actions.ts";
import { TileIcons } from "./tile-icons.tsx";

const text = messages.tile;

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
  // Icons are made where they can be reached: a screen of tiles has 400 of them otherwise.
  const [isHovered, setIsHovered] = useState(false);
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

  const hasIcons = isHovered || isCurrent;
  return (
    <div
      className={classes.tile}
      data-testid="tile"
      data-id={hit.input.id}
      data-index={index}
      data-selected={isSelected || undefined}
      onPointerEnter={() => setIsHovered(true)}
      onPointerLeave={() => setIsHovered(false)}
    >
      <button
        type="button"
        className={classes.picture}
        data-picture
        aria-label={text.open(hit.input.name, hit.object?.label)}
        tabIndex={isCurrent ? 0 : -1}
        onFocus={() => actions.focus(index)}
        onClick={onPress}
        onContextMenu={(event) => isTouch(event) && event.preventDefault()}
        {...longPress}
      >
        <Thumbnail key={hit.input.status} input={hit.input} object={hit.object} />
      </button>
      {(hasIcons || isSelected) && (
        <TileIcons
          index={index}
          isSelected={isSelected}
          isCurrent={isCurrent}
          isBare={!hasIcons}
          actions={actions}
        />
      )}
      {hit.copies > 0 && (
        <button
          type="button"
          className={classes.copies}
          tabIndex={isCurrent ? 0 : -1}
          title={text.copies(hit.copies)}
          aria-label={text.copies(hit.copies)}
          data-testid="copies"
          onClick={() => actions.copies(index)}
        >
          {text.more(hit.copies)}
        </button>
      )}
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
