// What can be deleted of a model: its files, and the vectors that it made.
import { Menu } from "@mantine/core";
import { useState } from "react";
import { IconButton } from "../controls/icon-button.tsx";
import { encoders as text } from "../messages/encoders.ts";
import { ConfirmDialog } from "../models/confirm-dialog.tsx";
import { toSizeText } from "../quantities.ts";
import type { EncoderChoice } from "./encoder-choice.ts";
import { useEncoderActions } from "./use-encoders.ts";

export function EncoderMenu({ choice }: { readonly choice: EncoderChoice }) {
  const { removeFiles, removeVectors } = useEncoderActions();
  const [dialog, setDialog] = useState<"files" | "vectors">();
  const { encoder, kept, work } = choice;
  const { id, title, size_bytes } = encoder;
  const hasFiles = hasOwnFiles(choice);
  if (work || (!hasFiles && !kept)) return null;
  const close = () => setDialog(undefined);
  return (
    <>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <IconButton icon="more" label={text.actions(title)} />
        </Menu.Target>
        <Menu.Dropdown>
          {kept && (
            <Menu.Item color="red" onClick={() => setDialog("vectors")}>
              {text.deleteVectors}
            </Menu.Item>
          )}
          {hasFiles && (
            <Menu.Item color="red" onClick={() => setDialog("files")}>
              {text.deleteFiles}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog === "files" && (
        <ConfirmDialog
          title={text.deleteFilesTitle(title)}
          action={text.deleteFiles}
          onConfirm={() => removeFiles(id)}
          onClose={close}
        >
          {text.deleteFilesHint(size_bytes === null ? "" : toSizeText(size_bytes))}{" "}
          {kept && text.deleteFilesKept}
        </ConfirmDialog>
      )}
      {dialog === "vectors" && kept && (
        <ConfirmDialog
          title={text.deleteVectorsTitle(title)}
          action={text.deleteVectors}
          onConfirm={() => removeVectors(kept.space)}
          onClose={close}
        >
          {text.deleteVectorsHint(kept.vectors)}
        </ConfirmDialog>
      )}
    </>
  );
}

// What lies elsewhere is not ours to delete.
function hasOwnFiles({ encoder, isElsewhere }: EncoderChoice): boolean {
  const { state, use } = encoder;
  const isOurs = (state === "installed" || state === "incomplete") && !isElsewhere;
  return isOurs && (use === "none" || use === "ready");
}
