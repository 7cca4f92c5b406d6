// The picture to search by, and the part of it that counts: the whole, until one is drawn.
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type CSSProperties, useRef, useState } from "react";
import ReactCrop, { type PercentCrop } from "react-image-crop";
import "react-image-crop/dist/ReactCrop.css";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import type { Term } from "../query.ts";
import classes from "./crop-picture.module.css";
import { cutOut } from "./cut-out.ts";
import { type PictureSource, toTerm } from "./picture-source.ts";
import { sendPicture } from "./send-picture.ts";
import { usePictureAddress } from "./use-picture-address.ts";

const text = messages.visualSearch;

/** A first part, for those who draw with keys. */
const MIDDLE: PercentCrop = { unit: "%", x: 20, y: 20, width: 60, height: 60 };
/** What is smaller was a click, not a part. */
const LEAST_PERCENT = 2;

const HEIGHT_MAX = "min(56dvh, 560px)";
const GROWTH_MAX = 3;

const ARIA_LABELS = {
  cropArea: text.area,
  nwDragHandle: text.handles.nw,
  nDragHandle: text.handles.n,
  neDragHandle: text.handles.ne,
  eDragHandle: text.handles.e,
  seDragHandle: text.handles.se,
  sDragHandle: text.handles.s,
  swDragHandle: text.handles.sw,
  wDragHandle: text.handles.w,
};

type CropPictureProps = {
  readonly source: PictureSource;
  readonly onSearch: (term: Term) => void;
  /** Asks for another picture. */
  readonly onBack: () => void;
};

export function CropPicture({ source, onSearch, onBack }: CropPictureProps) {
  const { client, queryClient } = usePortal();
  const image = useRef<HTMLImageElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [part, setPart] = useState<PercentCrop>();
  const [isLoaded, setIsLoaded] = useState(false);
  const [shape, setShape] = useState<CSSProperties>({});
  const address = usePictureAddress(source);
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const cut = part && isPart(part) && image.current && (await cutOut(image.current, part));
      return cut ? sendPicture(client, queryClient, cut) : toTerm(client, queryClient, source);
    },
    onSuccess: onSearch,
  });
  const failure = address.error ?? error;

  function drawWithKeys(): void {
    setPart(MIDDLE);
    // It is there after the next render.
    requestAnimationFrame(() =>
      frame.current?.querySelector<HTMLElement>(".ReactCrop__crop-selection")?.focus(),
    );
  }

  return (
    <>
      <div ref={frame} className={classes.frame} data-loaded={isLoaded || undefined}>
        {address.url && (
          <ReactCrop
            className={classes.crop ?? ""}
            {...(part && { crop: part })}
            ariaLabels={ARIA_LABELS}
            ruleOfThirds
            style={shape}
            disabled={!isLoaded}
            // While it is drawn it starts from nothing.
            onChange={(_, percent) => setPart(percent)}
            onDragEnd={() => setPart((drawn) => (drawn && isPart(drawn) ? drawn : undefined))}
          >
            <img
              ref={image}
              className={classes.picture}
              src={address.url}
              alt={text.picture}
              draggable={false}
              data-testid="crop-picture"
              onLoad={({ currentTarget }) => {
                setShape(toShape(currentTarget));
                setIsLoaded(true);
              }}
              onError={address.fallBack}
            />
          </ReactCrop>
        )}
        {!isLoaded && !failure && <span role="status">{text.loading}</span>}
      </div>
      {failure ? (
        <p className={classes.failure} role="alert">
          {text.failed(failure.message)}
        </p>
      ) : (
        <p className={classes.hint}>{text.cropHint}</p>
      )}
      <div className={classes.buttons}>
        <Button variant="subtle" leftSection={<Icon name="left" sizePx={16} />} onClick={onBack}>
          {text.back}
        </Button>
        {part ? (
          <Button variant="default" onClick={() => setPart(undefined)}>
            {text.whole}
          </Button>
        ) : (
          <Button variant="default" disabled={!isLoaded} onClick={drawWithKeys}>
            {text.part}
          </Button>
        )}
        <Button
          data-autofocus
          loading={isPending}
          disabled={address.error !== null}
          leftSection={<Icon name="search" sizePx={18} />}
          onClick={() => mutate()}
        >
          {part ? text.searchPart : text.search}
        </Button>
      </div>
    </>
  );
}

/** As large as there is room for: a part of a small picture has to be seen, too. */
function toShape({ naturalWidth, naturalHeight }: HTMLImageElement): CSSProperties {
  const ratio = naturalWidth / Math.max(1, naturalHeight);
  return { width: `min(100%, calc(${HEIGHT_MAX} * ${ratio}), ${GROWTH_MAX * naturalWidth}px)` };
}

function isPart({ width, height }: PercentCrop): boolean {
  return width >= LEAST_PERCENT && height >= LEAST_PERCENT;
}
