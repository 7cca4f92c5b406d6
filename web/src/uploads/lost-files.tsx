// Files that a reload took from this page: they can be chosen again, and go on where they were.
import { useRef, useState } from "react";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import type { Picked } from "./picked-files.ts";
import { Picker, type PickKind } from "./pickers.tsx";
import classes from "./upload-tray.module.css";

const text = messages.uploads;

export function LostFiles({ count }: { readonly count: number }) {
  const { uploads } = usePortal();
  const [isNone, setIsNone] = useState(false);
  const find = (picked: Picked) => setIsNone(uploads.findLost(picked.files) === 0);
  return (
    <div className={classes.lost} role="alert" data-testid="lost-files">
      <p>{isNone ? text.lostNone : text.lostHint(count)}</p>
      <Choose kind="folder" label={text.folder} onPick={find} />
      <Choose kind="files" label={text.files} onPick={find} />
    </div>
  );
}

type ChooseProps = {
  readonly kind: PickKind;
  readonly label: string;
  readonly onPick: (picked: Picked) => void;
};

function Choose({ kind, label, onPick }: ChooseProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={classes.link} onClick={() => input.current?.click()}>
        {label}
      </button>
      <Picker kind={kind} inputRef={input} onPick={onPick} />
    </>
  );
}
