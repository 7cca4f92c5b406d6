// A name -> a new, empty app, which is then opened.
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { NameDialog } from "../controls/name-dialog.tsx";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { EVERYTHING } from "../query.ts";
import { APPS_KEY } from "./app-menu.tsx";

const text = messages.frame;
const NAME_MAX = 48;

export function NewAppDialog({ onClose }: { readonly onClose: () => void }) {
  const { client } = usePortal();
  const queryClient = useQueryClient();
  const navigate = useNavigate();

  async function create(name: string): Promise<void> {
    const id = toAppId(name);
    await client.createApp(id, name);
    await queryClient.invalidateQueries({ queryKey: APPS_KEY });
    const search = { query: EVERYTHING };
    await navigate({ to: "/apps/$appId/inputs", params: { appId: id }, search });
  }

  return (
    <NameDialog
      title={text.newApp}
      label={text.appName}
      hint={text.appHint}
      button={text.createApp}
      longest={NAME_MAX}
      check={(name) => (toAppId(name) === "" ? text.appNameless : undefined)}
      onName={create}
      onClose={onClose}
    />
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
