// Deletes an app once its id was typed; then the default app is opened.
import { Button, Modal, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type SubmitEvent, useState } from "react";
import type { App } from "../../../src/client/apps.ts";
import { DEFAULT_APP_ID, rememberApp } from "../last-app.ts";
import { settings as text } from "../messages/settings.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { EVERYTHING } from "../query.ts";
import classes from "./section.module.css";

type DeleteAppDialogProps = { readonly app: App; readonly onClose: () => void };

export function DeleteAppDialog({ app, onClose }: DeleteAppDialogProps) {
  const { client, uploads, urlJobs } = usePortal();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const { mutate, error, isPending } = useMutation({
    mutationFn: async () => {
      uploads.cancelAll();
      await client.deleteApp(app.id);
    },
    onSuccess: async () => {
      uploads.clear();
      urlJobs.clear();
      rememberApp(DEFAULT_APP_ID);
      const params = { appId: DEFAULT_APP_ID };
      await navigate({ to: "/apps/$appId/inputs", params, search: { query: EVERYTHING } });
      queryClient.clear();
    },
  });

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    mutate();
  }

  return (
    <Modal
      opened
      centered
      title={<span dir="auto">{text.deleteAppTitle(app.name)}</span>}
      closeButtonProps={{ "aria-label": messages.close }}
      onClose={onClose}
    >
      <form className={classes.form} onSubmit={submit}>
        <p className={classes.dim}>{text.deleteAppHint}</p>
        <TextInput
          data-autofocus
          label={text.deleteAppType(app.id)}
          value={typed}
          error={error?.message}
          autoComplete="off"
          data-testid="delete-app-id"
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Button type="submit" color="red" loading={isPending} disabled={typed.trim() !== app.id}>
          {text.deleteAppNow}
        </Button>
      </form>
    </Modal>
  );
}
