// The model that turns images and words into vectors.
import { settings as text } from "../messages/settings.ts";
import { Problem } from "./problem.tsx";
import classes from "./section.module.css";
import { useStatus } from "./use-status.ts";

export function ModelSection() {
  const { data, error, refetch } = useStatus();
  return (
    <div className={classes.stack}>
      <Problem error={error} onRetry={refetch} />
      {data && (
        <dl className={classes.facts}>
          <dt>{text.modelName}</dt>
          <dd>{data.model.name}</dd>
          <dt>{text.vector}</dt>
          <dd>{text.vectorText(data.model.dim)}</dd>
          <dt>{text.does}</dt>
          <dd>
            <ul>
              {text.modelDoes.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </dd>
        </dl>
      )}
      <p className={classes.dim}>
        {text.modelRuns} {text.modelOther}
      </p>
    </div>
  );
}
