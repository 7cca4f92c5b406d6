// One icon on a tile.
import type { MouseEvent } from "react";
import { Icon, type IconName } from "../icon.tsx";

type TileIconProps = {
  readonly icon: IconName;
  readonly label: string;
  readonly isPressed?: boolean;
  /** Takes part in the tab order. */
  readonly isCurrent: boolean;
  /** Where a drag across tiles begins. */
  readonly isSelect?: boolean;
  readonly onPress: (event: MouseEvent) => void;
};

export function TileIcon(props: TileIconProps) {
  const { icon, label, isPressed, isCurrent, isSelect, onPress } = props;
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={isPressed}
      title={label}
      tabIndex={isCurrent ? 0 : -1}
      data-select={isSelect || undefined}
      onClick={onPress}
      // An open popover would take this press as one outside, close, and open again.
      onMouseDown={(event) => event.stopPropagation()}
    >
      <Icon name={icon} sizePx={18} />
    </button>
  );
}
