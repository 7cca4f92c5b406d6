// A small square button with an icon and a name; the same everywhere.
import type { ComponentPropsWithRef } from "react";
import { Icon, type IconName } from "../icon.tsx";
import classes from "./icon-button.module.css";

type IconButtonProps = Omit<ComponentPropsWithRef<"button">, "type" | "children" | "aria-label"> & {
  readonly icon: IconName;
  /** Said by screen readers, shown on hover. */
  readonly label: string;
  /** Whether it is switched on, for buttons that switch. */
  readonly isPressed?: boolean | undefined;
  /** Of the icon. Default 18. */
  readonly sizePx?: number;
};

export function IconButton({
  icon,
  label,
  isPressed,
  sizePx = 18,
  className,
  ...props
}: IconButtonProps) {
  return (
    <button
      {...props}
      type="button"
      className={[classes.button, className].filter(Boolean).join(" ")}
      aria-label={label}
      aria-pressed={isPressed}
      title={label}
    >
      <Icon name={icon} sizePx={sizePx} />
    </button>
  );
}
