// The picture of a tile: blurred until it has come. Or why there is none yet.
import { useEffect, useEffectEvent, useState } from "react";
import type { Input } from "../../../src/client/input.ts";
import type { FoundObject } from "../../../src/client/search.ts";
import { useCounts } from "../counts.ts";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import { toBlurUrl } from "./blur.ts";
import { toObjectView } from "./object-view.ts";
import classes from "./tile.module.css";

type ThumbnailProps = {
  readonly input: Input;
  /** What the tile is about, rather than the whole picture. */
  readonly object?: FoundObject | undefined;
};

export function Thumbnail({ input, object }: ThumbnailProps) {
  const [state, setState] = useState<"loading" | "shown" | "broken">("loading");
  if (input.status === "processed" && state !== "broken") {
    const blurUrl = state === "loading" && !object ? toBlurUrl(input.blur) : undefined;
    const view = object && toObjectView(input, object.box);
    return (
      <span
        className={classes.blur}
        data-object={object ? true : undefined}
        style={blurUrl === undefined ? undefined : { backgroundImage: `url(${blurUrl})` }}
      >
        <img
          // What the cache has is there before React listens.
          ref={(image) => void (image?.complete && image.naturalWidth > 0 && setState("shown"))}
          src={input.thumbnailUrl}
          alt=""
          decoding="async"
          draggable={false}
          data-loading={state === "loading" || undefined}
          style={view?.picture}
          onLoad={() => setState("shown")}
          onError={() => setState("broken")}
        />
        {object && (
          <>
            <span className={classes.outline} style={view?.outline} data-testid="object-outline" />
            <span className={classes.object} dir="auto" data-testid="object-label">
              {object.label}
            </span>
          </>
        )}
      </span>
    );
  }
  const isPending = input.status === "pending";
  return (
    <span className={classes.missing} title={messages.tile[isPending ? "pending" : "failed"]}>
      <Icon name={isPending ? "clock" : "alert"} sizePx={24} />
      <span dir="auto">{input.name.slice(input.name.lastIndexOf("/") + 1)}</span>
      {state === "broken" && <AfterOutage onBack={() => setState("loading")} />}
    </span>
  );
}

// A picture that broke while the server was away is asked for again when it is back.
function AfterOutage({ onBack }: { readonly onBack: () => void }) {
  const { error } = useCounts();
  const isAway = error?.isUnreachable ?? false;
  const back = useEffectEvent(onBack);
  useEffect(() => {
    if (!isAway) return undefined;
    return () => back();
  }, [isAway]);
  return null;
}
