// What else can be done with a model: another name, a new training, away with it.
import { Menu } from "@mantine/core";
import { useState } from "react";
import type { Model } from "../../../src/client/models.ts";
import { IconButton } from "../controls/icon-button.tsx";
import { models as text } from "../messages/models.ts";
import { usePortal } from "../portal.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { RenameModelDialog } from "./rename-model-dialog.tsx";
import { isBusy } from "./use-models.ts";
import { useRetrain } from "./use-retrain.ts";

type ModelMenuProps = {
  readonly model: Model;
  /** Told when it is gone. */
  readonly onDeleted?: () => void;
};

export function ModelMenu({ model, onDeleted }: ModelMenuProps) {
  const { client, queryClient } = usePortal();
  const [dialog, setDialog] = useState<"rename" | "delete">();
  const retrain = useRetrain(model.id, model.latest?.dataset);
  const close = () => setDialog(undefined);
  return (
    <>
      <Menu position="bottom-end" width={180}>
        <Menu.Target>
          <IconButton icon="more" label={text.actions(model.name)} />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={isBusy(model)} onClick={() => retrain.mutate()}>
            {text.retrain}
          </Menu.Item>
          <Menu.Item onClick={() => setDialog("rename")}>{text.rename}</Menu.Item>
          <Menu.Item color="red" onClick={() => setDialog("delete")}>
            {text.delete}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === "rename" && <RenameModelDialog model={model} onClose={close} />}
      {dialog === "delete" && (
        <ConfirmDialog
          title={text.deleteTitle(model.name)}
          action={text.delete}
          onConfirm={async () => {
            await client.deleteModel(model.id);
            onDeleted?.();
            // Without the model, concepts are no longer trained, and searches find otherwise.
            void queryClient.invalidateQueries();
          }}
          onClose={close}
        >
          {text.deleteHint}
        </ConfirmDialog>
      )}
    </>
  );
}
