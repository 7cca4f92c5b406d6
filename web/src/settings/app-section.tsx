// Name and description of the open app, and its end.
import { Button, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, type SubmitEvent, Suspense, useState } from "react";
import type { App } from "../../../src/client/apps.ts";
import { APPS_KEY } from "../frame/app-menu.tsx";
import { DEFAULT_APP_ID } from "../last-app.ts";
import { settings as text } from "../messages/settings.ts";
import { usePortal } from "../portal.ts";
import { Problem } from "./problem.tsx";
import classes from "./section.module.css";
import { useApp } from "./use-app.ts";

const DeleteAppDialog = lazy(async () => ({
  default: (await import("./delete-app-dialog.tsx")).DeleteAppDialog,
}));

export function AppSection() {
  const { app, error, refetch } = useApp();
  return (
    <div className={classes.stack}>
      <Problem error={error} onRetry={refetch} />
      {app && <AppForm key={app.id} app={app} />}
      {app && <End app={app} />}
    </div>
  );
}

function AppForm({ app }: { readonly app: App }) {
  const { client } = usePortal();
  const queryClient = useQueryClient();
  const [name, setName] = useState(app.name);
  const [description, setDescription] = useState(app.description);
  const { mutate, error, isPending, isSuccess, reset } = useMutation({
    mutationFn: () =>
      client.changeApp(app.id, { name: name.trim(), description: description.trim() }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: APPS_KEY }),
  });
  const isChanged = name.trim() !== app.name || description.trim() !== app.description;

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    mutate();
  }

  return (
    <form className={classes.form} onSubmit={submit} onInput={reset}>
      <TextInput
        label={text.appName}
        value={name}
        maxLength={48}
        dir="auto"
        data-testid="app-name"
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Textarea
        label={text.appDescription}
        value={description}
        maxLength={1000}
        rows={2}
        dir="auto"
        onChange={({ currentTarget }) => setDescription(currentTarget.value)}
      />
      <div>
        {text.appId}: <code>{app.id}</code>
        <div className={classes.dim}>{text.appIdHint}</div>
      </div>
      <div className={classes.row}>
        <Button type="submit" loading={isPending} disabled={!isChanged || name.trim() === ""}>
          {text.save}
        </Button>
        <span role="status">{isSuccess && !isChanged && text.saved}</span>
        {error && <span role="alert">{error.message}</span>}
      </div>
    </form>
  );
}

function End({ app }: { readonly app: App }) {
  const [isOpen, setIsOpen] = useState(false);
  if (app.id === DEFAULT_APP_ID) return <p className={classes.dim}>{text.defaultApp}</p>;
  return (
    <div className={classes.danger}>
      <p>{text.deleteAppHint}</p>
      <Button color="red" variant="outline" onClick={() => setIsOpen(true)}>
        {text.deleteApp}
      </Button>
      <Suspense>
        {isOpen && <DeleteAppDialog app={app} onClose={() => setIsOpen(false)} />}
      </Suspense>
    </div>
  );
}
