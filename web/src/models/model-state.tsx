// What a version of a model is doing; why it failed stands beside it.
import type { ModelVersion } from "../../../src/client/models.ts";
import { models as modelsText } from "../messages/models.ts";
import classes from "./model-state.module.css";

type ModelStateProps = { readonly version: Pick<ModelVersion, "state" | "statusText"> };

export function ModelState({ version: { state, statusText } }: ModelStateProps) {
  return (
    <span className={classes.state} data-state={state} title={statusText} data-testid="model-state">
      {modelsText.states[state]}
    </span>
  );
}
