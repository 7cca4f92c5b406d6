// The dialog that is open about some inputs, if one is. Each loads when it is first needed.
import { type ComponentType, lazy, Suspense, useState } from "react";
import type { Target } from "./target.ts";

export type BulkDialogProps = { readonly target: Target; readonly onClose: () => void };

const DIALOGS = {
  labels: load(async () => (await import("./label-dialog.tsx")).LabelDialog),
  metadata: load(async () => (await import("./metadata-dialog.tsx")).MetadataDialog),
  datasets: load(async () => (await import("./dataset-dialog.tsx")).DatasetDialog),
  delete: load(async () => (await import("./delete-dialog.tsx")).DeleteDialog),
  train: load(async () => (await import("./train-selected.tsx")).TrainSelected),
};

function load(component: () => Promise<ComponentType<BulkDialogProps>>) {
  return lazy(async () => ({ default: await component() }));
}

type BulkDialogKind = keyof typeof DIALOGS;
export type OpenBulkDialog = (kind: BulkDialogKind, target: Target) => void;

/** `dialog` must be drawn somewhere. */
export function useBulkDialog() {
  const [shown, setShown] = useState<{ kind: BulkDialogKind; target: Target }>();
  const open: OpenBulkDialog = (kind, target) => setShown({ kind, target });
  const Dialog = shown && DIALOGS[shown.kind];
  const dialog = Dialog && (
    <Suspense>
      <Dialog target={shown.target} onClose={() => setShown(undefined)} />
    </Suspense>
  );
  return { open, dialog };
}
