// "3 images deleted. Undo" for as long as it can be undone, or why deleting failed.
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import classes from "./deletion-toast.module.css";
import { useDeletions } from "./use-deletions.ts";

export function DeletionToast() {
  const { deletions } = usePortal();
  const { undoable, undoableSweep, failure } = useDeletions();
  const count = undoableSweep || undoable.length;
  const undo = () => (undoableSweep > 0 ? deletions.undoSweep() : deletions.undo(undoable));
  return (
    <div role="status" className={classes.place}>
      {failure !== "" && (
        <div className={classes.toast} data-bad>
          {messages.deletion.failed(failure)}
          <button type="button" aria-label={messages.close} onClick={deletions.dismissFailure}>
            <Icon name="close" sizePx={16} />
          </button>
        </div>
      )}
      {failure === "" && count > 0 && (
        <div className={classes.toast} key={undoable[0]} data-testid="deletion-toast">
          {messages.deletion.done(count)}
          <button type="button" onClick={undo}>
            {messages.undo}
          </button>
        </div>
      )}
    </div>
  );
}
