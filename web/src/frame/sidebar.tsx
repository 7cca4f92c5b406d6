// The collapsible sidebar: which app, its pages; on a phone the same in a bar at the bottom.
import { useLocalStorage } from "@mantine/hooks";
import { Link, type LinkProps } from "@tanstack/react-router";
import { Icon, type IconName } from "../icon.tsx";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { EVERYTHING } from "../query.ts";
import { useSignOut } from "../session/use-sign-out.ts";
import { AppMenu } from "./app-menu.tsx";
import { MoreMenu } from "./more-menu.tsx";
import classes from "./sidebar.module.css";

const text = messages.frame;

/** Where each link leads; those that a phone has room for stand first. */
export const PLACES = [
  { to: "/apps/$appId/inputs", icon: "images", label: text.inputs },
  { to: "/apps/$appId/explore", icon: "explore", label: text.explore },
  { to: "/apps/$appId/searches", icon: "bookmark", label: text.searches },
  { to: "/apps/$appId/concepts", icon: "hash", label: text.concepts },
  { to: "/apps/$appId/models", icon: "model", label: text.models },
  { to: "/apps/$appId/datasets", icon: "dataset", label: text.datasets },
  { to: "/apps/$appId/settings", icon: "settings", label: text.settings },
] as const satisfies readonly {
  readonly to: LinkProps["to"];
  readonly icon: IconName;
  readonly label: string;
}[];

export const PLACES_ON_PHONES = 3;

type SidebarProps = { readonly onKeys: () => void; readonly onPalette: () => void };

export function Sidebar({ onKeys, onPalette }: SidebarProps) {
  const { appId } = usePortal();
  const [isCollapsed, setIsCollapsed] = useLocalStorage({
    key: "semblance.sidebar-collapsed",
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const signOut = useSignOut();
  const toggle = isCollapsed ? text.expand : text.collapse;
  return (
    <nav
      className={classes.sidebar}
      aria-label={text.navigation}
      data-collapsed={isCollapsed || undefined}
      data-testid="sidebar"
    >
      <AppMenu />
      {PLACES.map(({ to, icon, label }) => (
        <Link
          key={to}
          to={to}
          params={{ appId }}
          search={{ query: EVERYTHING }}
          activeOptions={{ includeSearch: false }}
          className={classes.link}
          title={isCollapsed ? label : undefined}
        >
          <Icon name={icon} />
          <span>{label}</span>
        </Link>
      ))}
      <MoreMenu className={classes.link} />
      <div className={classes.end}>
        <Action icon="command" label={text.palette} onPress={onPalette} />
        <Action icon="keyboard" label={text.keys} onPress={onKeys} />
        {signOut && (
          <Action icon="signout" label={messages.session.signOut} onPress={() => void signOut()} />
        )}
        <Action
          icon="sidebar"
          label={toggle}
          isExpanded={!isCollapsed}
          onPress={() => setIsCollapsed(!isCollapsed)}
        />
      </div>
    </nav>
  );
}

type ActionProps = {
  readonly icon: IconName;
  readonly label: string;
  readonly isExpanded?: boolean;
  readonly onPress: () => void;
};

function Action({ icon, label, isExpanded, onPress }: ActionProps) {
  return (
    <button
      type="button"
      className={classes.link}
      aria-label={label}
      aria-expanded={isExpanded}
      title={label}
      onClick={onPress}
    >
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  );
}
