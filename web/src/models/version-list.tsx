// The versions of a model, newest first: what each learned from, how good it is, which one searches use.
import { useState } from "react";
import type { ModelVersion, ModelWithVersions } from "../../../src/client/models.ts";
import { IconButton } from "../controls/icon-button.tsx";
import { models as text } from "../messages/models.ts";
import { usePortal } from "../portal.ts";
import { toAgeText, toDateText } from "../quantities.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import classes from "./model-page.module.css";
import { ModelState } from "./model-state.tsx";
import { toPercentText } from "./percent-text.ts";
import { toSummary } from "./verdict.ts";

export function VersionList({ model }: { readonly model: ModelWithVersions }) {
  const { client, queryClient } = usePortal();
  const [doomed, setDoomed] = useState<{ version: ModelVersion; number: number }>();
  const { versions, current } = model;
  return (
    <section aria-label={text.versions}>
      <h2>{text.versions}</h2>
      <p className={classes.note}>{text.versionsHint}</p>
      <ol className={classes.versions}>
        {versions.map((version, index) => (
          <VersionRow
            key={version.id}
            version={version}
            number={versions.length - index}
            isInUse={version.id === current?.id}
            onDelete={() => setDoomed({ version, number: versions.length - index })}
          />
        ))}
      </ol>
      {doomed && (
        <ConfirmDialog
          title={text.deleteVersionTitle(doomed.number)}
          action={text.delete}
          onConfirm={async () => {
            await client.deleteModelVersion(model.id, doomed.version.id);
            void queryClient.invalidateQueries();
          }}
          onClose={() => setDoomed(undefined)}
        >
          <p>{text.deleteVersionHint}</p>
          {doomed.version.id === current?.id && <p>{text.deleteInUseHint}</p>}
        </ConfirmDialog>
      )}
    </section>
  );
}

type VersionRowProps = {
  readonly version: ModelVersion;
  readonly number: number;
  readonly isInUse: boolean;
  readonly onDelete: () => void;
};

function VersionRow({ version, number, isInUse, onDelete }: VersionRowProps) {
  const { state, inputs, createdAt, completedAt, description } = version;
  const summary = toSummary(version.concepts);
  const date = completedAt ?? createdAt;
  return (
    <li data-testid="version" data-state={state}>
      <div>
        <b>{text.version(number)}</b>
        {isInUse ? (
          <mark>{text.inUse}</mark>
        ) : (
          state !== "trained" && <ModelState version={version} />
        )}
        <small>
          <time dateTime={date.toISOString()} title={toDateText(date)}>
            {toAgeText(date, Date.now())}
          </time>
          {state === "trained" && ` · ${text.learnedFrom(inputs)}`}
          {description && ` · ${description}`}
        </small>
      </div>
      {summary && (
        <span>
          {text.precision} {toPercentText(summary.precision)} · {text.recall}{" "}
          {toPercentText(summary.recall)}
        </span>
      )}
      <IconButton icon="trash" label={text.deleteVersion(number)} onClick={onDelete} />
    </li>
  );
}
