// Above the image: its name and what can be done with it.
import type { Input } from "../../../src/client/input.ts";
import { Icon, type IconName } from "../icon.tsx";
import { messages } from "../messages.ts";
import classes from "./viewer-bar.module.css";

const text = messages.viewer;

type ViewerBarProps = {
  readonly input?: Input;
  readonly isFactsOpen?: boolean;
  readonly actions?: {
    readonly similar: () => void;
    readonly remove: () => void;
    readonly toggleFacts: () => void;
  };
  readonly onClose: () => void;
};

export function ViewerBar({ input, isFactsOpen, actions, onClose }: ViewerBarProps) {
  return (
    <div className={classes.bar}>
      <BarButton icon="close" label={messages.close} onPress={onClose} />
      <div className={classes.name} title={input?.name}>
        {input?.name}
      </div>
      {input && actions && (
        <>
          <BarButton icon="search" label={messages.tile.similar} onPress={actions.similar} />
          <a
            className={classes.button}
            href={input.originalUrl}
            target="_blank"
            rel="noreferrer"
            aria-label={text.original}
            title={text.original}
          >
            <Icon name="external" />
          </a>
          <BarButton icon="trash" label={messages.tile.delete} onPress={actions.remove} />
          <BarButton
            icon="info"
            label={isFactsOpen ? text.hideFacts : text.showFacts}
            isPressed={isFactsOpen}
            onPress={actions.toggleFacts}
          />
        </>
      )}
    </div>
  );
}

function BarButton({
  icon,
  label,
  isPressed,
  onPress,
}: {
  readonly icon: IconName;
  readonly label: string;
  readonly isPressed?: boolean | undefined;
  readonly onPress: () => void;
}) {
  return (
    <button
      type="button"
      className={classes.button}
      aria-label={label}
      aria-pressed={isPressed}
      title={label}
      onClick={onPress}
    >
      <Icon name={icon} />
    </button>
  );
}
