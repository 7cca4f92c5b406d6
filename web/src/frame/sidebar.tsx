// The collapsible sidebar; on a phone the same links stand in a bar at the bottom.
import { useLocalStorage } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import iconUrl from "../icon.svg";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import { EVERYTHING } from "../query.ts";
import { UploadButton } from "../uploads/upload-button.tsx";
import classes from "./sidebar.module.css";

const text = messages.frame;

export function Sidebar({ onKeys }: { readonly onKeys: () => void }) {
  const [isCollapsed, setIsCollapsed] = useLocalStorage({
    key: "semblance.sidebar-collapsed",
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const toggle = isCollapsed ? text.expand : text.collapse;
  return (
    <nav
      className={classes.sidebar}
      aria-label={text.navigation}
      data-collapsed={isCollapsed || undefined}
      data-testid="sidebar"
    >
      <div className={classes.brand}>
        <img src={iconUrl} alt="" width={28} height={28} />
        <span>{messages.product}</span>
      </div>
      <Link
        to="/inputs"
        search={{ query: EVERYTHING }}
        activeOptions={{ includeSearch: false }}
        className={classes.link}
        title={isCollapsed ? text.inputs : undefined}
      >
        <Icon name="images" />
        <span>{text.inputs}</span>
      </Link>
      <div className={classes.upload}>
        <UploadButton>
          <button type="button" className={classes.link}>
            <Icon name="upload" />
            <span>{messages.uploads.upload}</span>
          </button>
        </UploadButton>
      </div>
      <div className={classes.end}>
        <button
          type="button"
          className={classes.link}
          aria-label={text.keys}
          title={text.keys}
          onClick={onKeys}
        >
          <Icon name="keyboard" />
          <span>{text.keys}</span>
        </button>
        <button
          type="button"
          className={classes.link}
          aria-label={toggle}
          aria-expanded={!isCollapsed}
          title={toggle}
          onClick={() => setIsCollapsed(!isCollapsed)}
        >
          <Icon name="sidebar" />
          <span>{toggle}</span>
        </button>
      </div>
    </nav>
  );
}
