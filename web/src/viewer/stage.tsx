// The image as large as it fits: the thumbnail at once, the original over it when it has come.
import { useState } from "react";
import type { Input } from "../../../src/client/input.ts";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import classes from "./stage.module.css";

const text = messages.viewer;

type StageProps = {
  readonly input: Input;
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
};

export function Stage({ input, onPrevious, onNext }: StageProps) {
  // Browsers cannot show every format (HEIF, TIFF): then the thumbnail stays.
  const [original, setOriginal] = useState<"loading" | "shown" | "unshowable">("loading");
  const [hasThumbnail, setHasThumbnail] = useState(true);
  const size = input.widthPx > 0 ? { width: input.widthPx, height: input.heightPx } : {};
  return (
    <div className={classes.stage}>
      {hasThumbnail && original !== "shown" && (
        <img
          {...size}
          src={input.thumbnailUrl}
          alt={input.name}
          onError={() => setHasThumbnail(false)}
        />
      )}
      {original !== "unshowable" && (
        <img
          {...size}
          src={input.originalUrl}
          alt={input.name}
          data-loading={original === "loading" || undefined}
          data-testid="viewer-image"
          onLoad={() => setOriginal("shown")}
          onError={() => setOriginal("unshowable")}
        />
      )}
      {!hasThumbnail && original === "unshowable" && <p>{text.noPreview}</p>}
      {onPrevious && (
        <button type="button" aria-label={text.previous} title={text.previous} onClick={onPrevious}>
          <Icon name="left" sizePx={28} />
        </button>
      )}
      {onNext && (
        <button type="button" aria-label={text.next} title={text.next} data-next onClick={onNext}>
          <Icon name="right" sizePx={28} />
        </button>
      )}
    </div>
  );
}
