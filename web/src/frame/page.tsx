// A page other than Inputs: its title with what can be done, and below it what scrolls.
import { type ReactNode, useEffect } from "react";
import { messages } from "../messages.ts";
import classes from "./page.module.css";

type PageProps = {
  readonly title: string;
  /** A sentence or figures beside the title. */
  readonly hint?: ReactNode;
  /** Buttons at the end of the header. */
  readonly actions?: ReactNode;
  /** The content takes the whole height and scrolls by itself. */
  readonly isFixed?: boolean;
  readonly children?: ReactNode;
};

export function Page({ title, hint, actions, isFixed = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · ${messages.product}`;
  }, [title]);
  return (
    <>
      <header className={classes.header}>
        <h1>{title}</h1>
        <div className={classes.hint}>{hint}</div>
        <div className={classes.actions}>{actions}</div>
      </header>
      <div className={classes.body} data-fixed={isFixed || undefined}>
        {children}
      </div>
    </>
  );
}
