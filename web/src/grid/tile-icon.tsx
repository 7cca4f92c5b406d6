import type { MouseEvent } from "react";
import { Icon, type IconName } from "../icon.tsx";

type TileIconProps = {
  readonly icon: IconName;
  readonly label: string;
  readonly isPressed?: boolean;
  /** Takes part in the tab order. */
  readonly isCurrent: boolean;
  readonly onPress: (event: MouseEvent) => void;
};

export function TileIcon({ icon, label, isPressed, isCurrent, onPress }: TileIconProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={isPressed}
      title={label}
      tabIndex={isCurrent ? 0 : -1}
      onClick={onPress}
      // An open popover would take this press as one outside, close, and open again.
      onMouseDown={(event) => event.stopPropagation()}
    >
      <Icon name={icon} sizePx={18} />
    </button>
  );
}
