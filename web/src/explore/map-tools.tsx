import { IconButton } from "../controls/icon-button.tsx";
import { explore as text } from "../messages/explore.ts";
import classes from "./explore.module.css";

const STEP = 1.6;

type MapToolsProps = {
  readonly isLasso: boolean;
  readonly onLasso: () => void;
  readonly onZoom: (factor: number) => void;
  readonly onReset: () => void;
};

export function MapTools({ isLasso, onLasso, onZoom, onReset }: MapToolsProps) {
  return (
    <div className={classes.bar} role="toolbar" aria-label={text.tools}>
      <IconButton icon="lasso" label={text.lasso} isPressed={isLasso} onClick={onLasso} />
      <IconButton icon="add" label={text.zoomIn} onClick={() => onZoom(STEP)} />
      <IconButton icon="minus" label={text.zoomOut} onClick={() => onZoom(1 / STEP)} />
      <IconButton icon="expand" label={text.reset} onClick={onReset} />
    </div>
  );
}
