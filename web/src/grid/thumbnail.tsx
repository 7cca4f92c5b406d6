// The picture of a tile, or why there is none yet.
import { useState } from "react";
import type { Input } from "../../../src/client/input.ts";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import classes from "./tile.module.css";

export function Thumbnail({ input }: { readonly input: Input }) {
  const [isBroken, setIsBroken] = useState(false);
  if (input.status === "processed" && !isBroken) {
    return (
      <img
        src={input.thumbnailUrl}
        alt=""
        decoding="async"
        draggable={false}
        onError={() => setIsBroken(true)}
      />
    );
  }
  const isPending = input.status === "pending";
  return (
    <span className={classes.missing} title={messages.tile[isPending ? "pending" : "failed"]}>
      <Icon name={isPending ? "clock" : "alert"} sizePx={24} />
      <span>{input.name.slice(input.name.lastIndexOf("/") + 1)}</span>
    </span>
  );
}
