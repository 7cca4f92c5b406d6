// The image as large as it fits: the blurred picture and the thumbnail at once, the original over it when it has come.
// It can be zoomed and moved; what annotations mark is drawn over it.
import { type Ref, useImperativeHandle, useRef, useState } from "react";
import type { Input } from "../../../src/client/input.ts";
import { toBlurUrl } from "../grid/blur.ts";
import { Icon } from "../icon.tsx";
import { viewer as text } from "../messages/viewer.ts";
import { ReadOutlines } from "./read-text.tsx";
import { Regions } from "./regions.tsx";
import classes from "./stage.module.css";
import { useZoom } from "./use-zoom.ts";

export type StageHandle = ReturnType<typeof useZoom>["steps"];

type StageProps = {
  readonly ref: Ref<StageHandle>;
  readonly input: Input;
  readonly hasRegions: boolean;
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
  readonly onClose: () => void;
};

export function Stage({ ref, input, hasRegions, onPrevious, onNext, onClose }: StageProps) {
  // Browsers cannot show every format (HEIF, TIFF): then the thumbnail stays.
  const [original, setOriginal] = useState<"loading" | "shown" | "unshowable">("loading");
  const [hasThumbnail, setHasThumbnail] = useState(true);
  const stage = useRef<HTMLDivElement>(null);
  const picture = { width: input.widthPx, height: input.heightPx };
  const swipes = { left: onNext, right: onPrevious, down: onClose };
  const { zoom, fitted, steps, handlers } = useZoom(stage, {
    picture,
    onSwipe: (direction) => swipes[direction]?.(),
  });
  useImperativeHandle(ref, () => steps);
  const blurUrl = original === "loading" ? toBlurUrl(input.blur) : undefined;
  return (
    <div
      ref={stage}
      className={classes.stage}
      data-zoomed={zoom.scale > 1 || undefined}
      {...handlers}
    >
      <div
        className={classes.picture}
        data-testid="viewer-picture"
        data-scale={zoom.scale}
        style={{
          width: fitted.width,
          height: fitted.height,
          transform: `translate(${zoom.x}px, ${zoom.y}px) scale(${zoom.scale})`,
          ...(blurUrl !== undefined && { backgroundImage: `url(${blurUrl})` }),
        }}
      >
        {hasThumbnail && original !== "shown" && (
          <img
            src={input.thumbnailUrl}
            alt={input.name}
            draggable={false}
            onError={() => setHasThumbnail(false)}
          />
        )}
        {original !== "unshowable" && (
          <img
            src={input.originalUrl}
            alt={original === "shown" ? input.name : ""}
            draggable={false}
            data-loading={original === "loading" || undefined}
            data-testid="viewer-image"
            onLoad={() => setOriginal("shown")}
            onError={() => setOriginal("unshowable")}
          />
        )}
        {hasRegions && input.reading && <ReadOutlines lines={input.reading.lines} />}
        {hasRegions && <Regions id={input.id} scale={zoom.scale} />}
      </div>
      {original === "unshowable" && (
        <p className={classes.note} role="status" data-testid="unshowable">
          {hasThumbnail ? text.thumbnailOnly(input.format) : text.noPreview}
        </p>
      )}
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
