// A page that has nothing to show says why, and what to do.
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Icon, type IconName } from "../icon.tsx";
import { lastAppId } from "../last-app.ts";
import { messages } from "../messages.ts";
import { EVERYTHING } from "../query.ts";
import classes from "./notice.module.css";

type NoticeProps = {
  readonly icon: IconName;
  readonly title: string;
  readonly hint: string;
  readonly children?: ReactNode;
};

export function Notice({ icon, title, hint, children }: NoticeProps) {
  return (
    <div className={classes.notice} role="status" data-testid="notice">
      <Icon name={icon} sizePx={40} />
      <h1>{title}</h1>
      <p>{hint}</p>
      {children}
    </div>
  );
}

export function Missing() {
  const { missingTitle, missingHint, toInputs } = messages.frame;
  return (
    <Notice icon="search" title={missingTitle} hint={missingHint}>
      <Link to="/apps/$appId/inputs" params={{ appId: lastAppId() }} search={{ query: EVERYTHING }}>
        {toInputs}
      </Link>
    </Notice>
  );
}

/** For errors of our own code. */
export function Stumbled({ error }: { readonly error: unknown }) {
  const { brokenTitle, brokenHint, reload } = messages.frame;
  return (
    <Notice icon="alert" title={brokenTitle} hint={brokenHint}>
      <code>{String(error)}</code>
      <Button onClick={() => window.location.reload()}>{reload}</Button>
    </Notice>
  );
}
