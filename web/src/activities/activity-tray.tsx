// What the server works at, as a pill in the corner that opens into a list. Nothing runs, nothing is shown.
import { Loader } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import type { Activity } from "../../../src/client/activities.ts";
import { IconButton } from "../controls/icon-button.tsx";
import { Icon } from "../icon.tsx";
import { activities as text } from "../messages/activities.ts";
import { messages } from "../messages.ts";
import { toResultText, toShortProgress, toWorkText } from "./activity-text.ts";
import classes from "./activity-tray.module.css";
import type { PacedActivity } from "./pace.ts";
import { useActivities } from "./use-activities.ts";
import { useEndings } from "./use-endings.ts";

/** In the panel; the settings page lists them all. */
const SHOWN = 20;
const NONE: readonly PacedActivity[] = [];

const ActivityList = lazy(async () => ({
  default: (await import("./activity-list.tsx")).ActivityList,
}));

export function ActivityTray() {
  const { data } = useActivities();
  const news = useEndings(data);
  const activities = data ?? NONE;
  const [isOpen, setIsOpen] = useState(false);
  const running = activities.filter(({ state }) => state === "running");
  return (
    <>
      {isOpen && (
        <section className={classes.panel} aria-label={text.label} data-testid="activities">
          <header className={classes.header}>
            <strong>{text.label}</strong>
            <IconButton icon="close" label={messages.close} onClick={() => setIsOpen(false)} />
          </header>
          <div className={classes.scroller}>
            <Suspense>
              <ActivityList activities={activities.slice(0, SHOWN)} />
            </Suspense>
          </div>
        </section>
      )}
      {!isOpen && (running.length > 0 || news) && (
        <button
          type="button"
          className={classes.pill}
          data-state={running.length > 0 ? "running" : news?.state}
          data-testid="activity-pill"
          onClick={() => setIsOpen(true)}
        >
          {running.length > 0 ? <Loader size={14} /> : <Icon name={iconOf(news)} sizePx={16} />}
          <span dir="auto">{toPillText(running, news)}</span>
          <small>{running.length === 1 && running[0] && toShortProgress(running[0])}</small>
        </button>
      )}
      <div className={classes.announcement} role="status">
        {news && toNewsText(news)}
      </div>
    </>
  );
}

function toPillText(running: readonly Activity[], news: Activity | undefined): string {
  const [first] = running;
  if (running.length > 1) return text.several(running.length);
  if (first) return toWorkText(first);
  return news ? toNewsText(news) : "";
}

function toNewsText(news: Activity): string {
  return [toWorkText(news), toResultText(news)].filter(Boolean).join(" · ");
}

function iconOf(news: Activity | undefined) {
  return news?.state === "failed" ? "alert" : news?.state === "cancelled" ? "close" : "check";
}
