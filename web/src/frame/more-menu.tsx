// On a phone: the pages that the bottom bar has no room for.
import { Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { EVERYTHING } from "../query.ts";
import { useSignOut } from "../session/use-sign-out.ts";
import classes from "./more-menu.module.css";
import { PLACES, PLACES_ON_PHONES } from "./sidebar.tsx";

/** @param className of a link of the bar */
export function MoreMenu({ className }: { readonly className: string | undefined }) {
  const { appId } = usePortal();
  const signOut = useSignOut();
  return (
    <div className={classes.more}>
      <Menu position="top-end" width={224}>
        <Menu.Target>
          <button type="button" className={className}>
            <Icon name="menu" />
            <span>{messages.frame.more}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {PLACES.slice(PLACES_ON_PHONES).map(({ to, icon, label }) => (
            <Menu.Item
              key={to}
              leftSection={<Icon name={icon} />}
              renderRoot={(props) => (
                <Link {...props} to={to} params={{ appId }} search={{ query: EVERYTHING }} />
              )}
            >
              {label}
            </Menu.Item>
          ))}
          {signOut && (
            <Menu.Item leftSection={<Icon name="signout" />} onClick={() => void signOut()}>
              {messages.session.signOut}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
