// A part of the viewer's side with its title.
import type { ReactNode } from "react";
import classes from "./section.module.css";

type SectionProps = {
  readonly title: string;
  /** A button beside the title. */
  readonly action?: ReactNode;
  readonly testId?: string;
  readonly children: ReactNode;
};

export function Section({ title, action, testId, children }: SectionProps) {
  return (
    <section data-testid={testId}>
      <header className={classes.header}>
        <h2>{title}</h2>
        {action}
      </header>
      {children}
    </section>
  );
}

/** A word that does something, beside a title or below a list. */
export function SectionLink({
  children,
  onPress,
}: {
  readonly children: ReactNode;
  readonly onPress: () => void;
}) {
  return (
    <button type="button" className={classes.link} onClick={onPress}>
      {children}
    </button>
  );
}
