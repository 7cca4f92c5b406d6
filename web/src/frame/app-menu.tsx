// On top of the sidebar: which app is open, the other ones, and a new one.
import { Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import type { App } from "../../../src/client/apps.ts";
import iconUrl from "../icon.svg";
import { Icon } from "../icon.tsx";
import { rememberApp } from "../last-app.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { EVERYTHING } from "../query.ts";
import classes from "./app-menu.module.css";

const text = messages.frame;

export const APPS_KEY = ["apps"];

const NewAppDialog = lazy(async () => ({
  default: (await import("./new-app-dialog.tsx")).NewAppDialog,
}));

export function AppMenu() {
  const { appId } = usePortal();
  const apps = useApps();
  const [isAdding, setIsAdding] = useState(false);
  const name = apps.find(({ id }) => id === appId)?.name ?? appId;
  useEffect(() => rememberApp(appId), [appId]);
  return (
    <div className={classes.place}>
      <Menu position="bottom-start" width={240}>
        <Menu.Target>
          <button type="button" className={classes.button} title={text.apps} data-testid="apps">
            <img src={iconUrl} alt="" width={28} height={28} />
            <span className={classes.words}>
              <span className={classes.product}>{messages.product}</span>
              <span className={classes.name} dir="auto">
                {name}
              </span>
            </span>
            <Icon name="chevrons" sizePx={16} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{text.apps}</Menu.Label>
          {apps.map((app) => (
            <Menu.Item
              key={app.id}
              leftSection={<Icon name={app.id === appId ? "check" : "images"} />}
              renderRoot={(props) => (
                <Link
                  {...props}
                  to="/apps/$appId/inputs"
                  params={{ appId: app.id }}
                  search={{ query: EVERYTHING }}
                />
              )}
            >
              {app.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<Icon name="add" />} onClick={() => setIsAdding(true)}>
            {text.newApp}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>{isAdding && <NewAppDialog onClose={() => setIsAdding(false)} />}</Suspense>
    </div>
  );
}

/** Empty until they are known. */
function useApps(): readonly App[] {
  const { client } = usePortal();
  const { data = [] } = useQuery({
    queryKey: APPS_KEY,
    queryFn: ({ signal }) => client.apps({ signal }),
    staleTime: 60_000,
  });
  return data;
}
