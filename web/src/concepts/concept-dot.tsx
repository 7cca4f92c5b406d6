// Blue: a model of the app knows the concept. Grey: none does yet.
import { concepts as conceptsText } from "../messages/concepts.ts";
import classes from "./concept-dot.module.css";

export function ConceptDot({ isTrained }: { readonly isTrained: boolean }) {
  const label = conceptsText[isTrained ? "trained" : "untrained"];
  return (
    <span
      className={classes.dot}
      role="img"
      aria-label={label}
      title={label}
      data-trained={isTrained || undefined}
      data-testid="concept-dot"
    />
  );
}
