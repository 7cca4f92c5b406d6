// Above the image: its name, its place among the results, and what can be done with it.
import { Menu } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { Input } from "../../../src/client/input.ts";
import { IconButton } from "../controls/icon-button.tsx";
import { Icon, type IconName } from "../icon.tsx";
import { toCountText } from "../messages/count-text.ts";
import { viewer as text } from "../messages/viewer.ts";
import { messages } from "../messages.ts";
import classes from "./viewer-bar.module.css";

/** One of the buttons. */
export type BarAction = {
  readonly key: string;
  readonly icon: IconName;
  readonly label: string;
  readonly isPressed?: boolean;
  /** Has a place of its own on phones, too. */
  readonly isMain?: boolean;
} & ({ readonly run: () => void } | { readonly href: string; readonly fileName: string });

type ViewerBarProps = {
  readonly input?: Input;
  /** Among the results, from 0; -1: not among them. */
  readonly index?: number;
  readonly total?: number;
  readonly actions?: readonly BarAction[];
  readonly onClose: () => void;
};

export function ViewerBar({ input, index = -1, total, actions = [], onClose }: ViewerBarProps) {
  const isPhone = useMediaQuery("(max-width: 800px)", false, { getInitialValueInEffect: false });
  const main = isPhone ? actions.filter(({ isMain }) => isMain) : actions;
  const more = isPhone ? actions.filter(({ isMain }) => !isMain) : [];
  return (
    <div className={classes.bar}>
      <IconButton
        className={classes.button}
        icon="close"
        label={messages.close}
        sizePx={20}
        onClick={onClose}
      />
      <div className={classes.name}>
        <span dir="auto" title={input?.name}>
          {input?.name.slice(input.name.lastIndexOf("/") + 1)}
        </span>
        {index !== -1 && total !== undefined && (
          <small data-testid="viewer-position">
            {text.position(toCountText(index + 1), toCountText(total))}
          </small>
        )}
      </div>
      {main.map((action) => (
        <BarButton key={action.key} action={action} />
      ))}
      {more.length > 0 && (
        <Menu position="bottom-end" withinPortal={false}>
          <Menu.Target>
            <IconButton className={classes.button} icon="more" label={text.more} sizePx={20} />
          </Menu.Target>
          <Menu.Dropdown>
            {more.map((action) => (
              <MenuEntry key={action.key} action={action} />
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}

function BarButton({ action }: { readonly action: BarAction }) {
  const { icon, label, isPressed } = action;
  if ("href" in action) {
    return (
      <a
        className={classes.link}
        href={action.href}
        download={action.fileName}
        aria-label={label}
        title={label}
      >
        <Icon name={icon} />
      </a>
    );
  }
  return (
    <IconButton
      className={classes.button}
      icon={icon}
      label={label}
      isPressed={isPressed}
      sizePx={20}
      data-testid={`viewer-${action.key}`}
      onClick={action.run}
    />
  );
}

function MenuEntry({ action }: { readonly action: BarAction }) {
  const icon = <Icon name={action.icon} />;
  if ("href" in action) {
    return (
      <Menu.Item component="a" href={action.href} download={action.fileName} leftSection={icon}>
        {action.label}
      </Menu.Item>
    );
  }
  return (
    <Menu.Item leftSection={icon} onClick={action.run}>
      {action.label}
    </Menu.Item>
  );
}
