// Where to drop files, and buttons for the ways to choose them: on phones the camera and the photo library.
import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useRef } from "react";
import { Icon, type IconName } from "../icon.tsx";
import { messages } from "../messages.ts";
import type { Picked } from "./picked-files.ts";
import { Picker, type PickKind } from "./pickers.tsx";
import classes from "./upload-dialog.module.css";

const text = messages.uploads;

type Way = { readonly kind: PickKind; readonly icon: IconName; readonly label: string };

const FILES: Way = { kind: "files", icon: "file", label: text.files };
const WITH_MOUSE: readonly Way[] = [FILES, { kind: "folder", icon: "folder", label: text.folder }];
const BY_TOUCH: readonly Way[] = [
  { kind: "library", icon: "images", label: text.library },
  { kind: "photo", icon: "camera", label: text.photo },
  FILES,
];

export function FilesTab({ onPick }: { readonly onPick: (picked: Picked) => void }) {
  const isTouch = useMediaQuery("(pointer: coarse)", false, { getInitialValueInEffect: false });
  return (
    <div className={classes.files}>
      <Icon name="upload" sizePx={32} />
      {!isTouch && <p>{text.dropHere}</p>}
      <div className={classes.ways}>
        {(isTouch ? BY_TOUCH : WITH_MOUSE).map((way, index) => (
          <WayButton key={way.kind} way={way} isFirst={index === 0} onPick={onPick} />
        ))}
      </div>
      <small>{text.formats}</small>
    </div>
  );
}

type WayButtonProps = {
  readonly way: Way;
  readonly isFirst: boolean;
  readonly onPick: (picked: Picked) => void;
};

function WayButton({ way: { kind, icon, label }, isFirst, onPick }: WayButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        variant={isFirst ? "filled" : "default"}
        leftSection={<Icon name={icon} sizePx={18} />}
        data-autofocus={isFirst || undefined}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
      <Picker kind={kind} inputRef={input} onPick={onPick} />
    </>
  );
}
