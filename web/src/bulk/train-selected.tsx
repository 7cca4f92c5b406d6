// Training a concept on the inputs that were selected.
import { TrainDialog } from "../models/train-dialog.tsx";
import type { BulkDialogProps } from "./use-bulk-dialog.tsx";

export function TrainSelected({ target, onClose }: BulkDialogProps) {
  return <TrainDialog onClose={onClose} ids={"ids" in target ? target.ids : []} />;
}
