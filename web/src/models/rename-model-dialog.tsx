// Another name for a model; its id stays.
import type { Model } from "../../../src/client/models.ts";
import { NameDialog } from "../controls/name-dialog.tsx";
import { models as text } from "../messages/models.ts";
import { usePortal } from "../portal.ts";
import { MODELS_KEY } from "./use-models.ts";

const NAME_MAX = 256;

type RenameModelDialogProps = { readonly model: Model; readonly onClose: () => void };

export function RenameModelDialog({ model, onClose }: RenameModelDialogProps) {
  const { client, queryClient } = usePortal();
  return (
    <NameDialog
      title={text.rename}
      label={text.name}
      button={text.save}
      name={model.name}
      longest={NAME_MAX}
      onName={async (name) => {
        await client.renameModel(model.id, name);
        await queryClient.invalidateQueries({ queryKey: MODELS_KEY });
      }}
      onClose={onClose}
    />
  );
}
