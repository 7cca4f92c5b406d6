// How far work is, as a bar; the same everywhere.
import classes from "./progress-bar.module.css";

type ProgressBarProps = {
  /** Said by screen readers. */
  readonly label: string;
  readonly done: number;
  /** In the unit of `done`; 0 while nobody knows: then the bar moves to and fro. */
  readonly total: number;
  /** Of the place it stands in: width and margin. */
  readonly className?: string | undefined;
  readonly testId?: string;
};

export function ProgressBar({ label, done, total, className, testId }: ProgressBarProps) {
  const known = total > 0 ? { value: done, max: total } : {};
  return (
    <progress
      className={[classes.bar, className].filter(Boolean).join(" ")}
      aria-label={label}
      data-testid={testId}
      {...known}
    />
  );
}
