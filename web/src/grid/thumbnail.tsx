// The picture of a tile: blurred until it has come. Or why there is none yet.
import { useEffect, useEffectEvent, useState } from "react";
import type { Input } from "../../../src/client/input.ts";
import { useCounts } from "../counts.ts";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import { toBlurUrl } from "./blur.ts";
import classes from "./tile.module.css";

export function Thumbnail({ input }: { readonly input: Input }) {
  const [state, setState] = useState<"loading" | "shown" | "broken">("loading");
  if (input.status === "processed" && state !== "broken") {
    const blurUrl = state === "loading" ? toBlurUrl(input.blur) : undefined;
    return (
      <span
        className={classes.blur}
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
          onLoad={() => setState("shown")}
          onError={() => setState("broken")}
        />
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
