// A name -> a new, empty app, which is then opened.
import { Button, Modal, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type SubmitEvent, useState } from "react";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { EVERYTHING } from "../query.ts";
import { APPS_KEY } from "./app-menu.tsx";

const text = messages.frame;

export function NewAppDialog({ onClose }: { readonly onClose: () => void }) {
  const { client } = usePortal();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const id = toAppId(name);
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => client.createApp(id, name.trim()),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: APPS_KEY });
      onClose();
      const search = { query: EVERYTHING };
      await navigate({ to: "/apps/$appId/inputs", params: { appId: id }, search });
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
      title={text.newApp}
      closeButtonProps={{ "aria-label": messages.close }}
      onClose={onClose}
    >
      <form onSubmit={submit}>
        <TextInput
          data-autofocus
          label={text.appName}
          description={text.appHint}
          maxLength={48}
          value={name}
          error={error?.message}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button type="submit" mt="md" fullWidth loading={isPending} disabled={id === ""}>
          {text.createApp}
        </Button>
      </form>
    </Modal>
  );
}

/** "Holiday snaps 2019" -> "holiday-snaps-2019"; "" if nothing is left. */
function toAppId(name: string): string {
  const words = name
    .normalize("NFKC")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return (words ?? []).join("-");
}
