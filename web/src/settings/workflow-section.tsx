// Which searches the app offers, and indexing all of it again.
import { Button, Checkbox } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import type { Activity } from "../../../src/client/activities.ts";
import type { App } from "../../../src/client/apps.ts";
import { ACTIVITIES_KEY, useActivities } from "../activities/use-activities.ts";
import { settings as text } from "../messages/settings.ts";
import { usePortal } from "../portal.ts";
import { Problem } from "./problem.tsx";
import classes from "./section.module.css";
import { useApp } from "./use-app.ts";

const WORKFLOWS = Object.entries(text.workflows);

export function WorkflowSection() {
  const { app, error, refetch } = useApp();
  return (
    <div className={classes.stack}>
      <Problem error={error} onRetry={refetch} />
      {app && <WorkflowForm key={app.baseWorkflow} app={app} />}
      <Reindex />
      <ReadAgain />
    </div>
  );
}

function WorkflowForm({ app }: { readonly app: App }) {
  const { client } = usePortal();
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState(app.baseWorkflow);
  const [isReindexing, setIsReindexing] = useState(false);
  const { mutate, error, isPending } = useMutation({
    mutationFn: async () => {
      await client.setBaseWorkflow(app.id, chosen);
      if (isReindexing) await client.startReindex();
    },
    // What can be searched for, and how, is everywhere.
    onSuccess: () => queryClient.invalidateQueries(),
  });
  const isKnown = app.baseWorkflow in text.workflows;

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    mutate();
  }

  return (
    <form className={classes.stack} onSubmit={submit}>
      <fieldset className={classes.choices} aria-label={text.baseWorkflow}>
        <p className={classes.dim}>{text.workflowIntro}</p>
        {[...WORKFLOWS, ...(isKnown ? [] : [[app.baseWorkflow, text.otherWorkflow]])].map(
          ([id, hint]) => (
            <label key={id}>
              <input
                type="radio"
                name="base-workflow"
                value={id}
                checked={chosen === id}
                onChange={({ currentTarget }) => setChosen(currentTarget.value)}
              />
              <span>
                <strong>{id}</strong>
                <small>{hint}</small>
              </span>
            </label>
          ),
        )}
      </fieldset>
      <Checkbox
        label={text.reindexToo}
        description={text.reindexTooHint}
        checked={isReindexing}
        onChange={({ currentTarget }) => setIsReindexing(currentTarget.checked)}
      />
      <div className={classes.row}>
        <Button type="submit" loading={isPending} disabled={chosen === app.baseWorkflow}>
          {text.changeWorkflow}
        </Button>
        {error && <span role="alert">{error.message}</span>}
      </div>
    </form>
  );
}

function Reindex() {
  const { client } = usePortal();
  return (
    <Work
      kind="reindex"
      hint={text.reindexHint}
      name={text.reindex}
      running={text.reindexing}
      start={() => client.startReindex()}
    />
  );
}

function ReadAgain() {
  const { client } = usePortal();
  return (
    <Work
      kind="reading"
      hint={text.readAgainHint}
      name={text.readAgain}
      running={text.readingAgain}
      start={() => client.startReading()}
    />
  );
}

type WorkProps = {
  readonly kind: Activity["kind"];
  readonly hint: string;
  readonly name: string;
  /** In its place while it runs. */
  readonly running: string;
  readonly start: () => Promise<unknown>;
};

function Work({ kind, hint, name, running, start }: WorkProps) {
  const queryClient = useQueryClient();
  const { data = [] } = useActivities();
  const isRunning = data.some((activity) => activity.kind === kind && activity.state === "running");
  const { mutate, error, isPending } = useMutation({
    mutationFn: start,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ACTIVITIES_KEY }),
  });
  return (
    <>
      <p className={classes.dim}>{hint}</p>
      <div className={classes.row}>
        <Button variant="default" loading={isPending} disabled={isRunning} onClick={() => mutate()}>
          {isRunning ? running : name}
        </Button>
        {error && <span role="alert">{error.message}</span>}
      </div>
    </>
  );
}
