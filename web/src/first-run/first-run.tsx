// Nothing here yet: how to add pictures, and the three searches that will then work.
import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { lazy, Suspense, useRef, useState } from "react";
import { FirstRunOffer } from "../encoders/first-run-offer.tsx";
import { useEncoders } from "../encoders/use-encoders.ts";
import { Icon } from "../icon.tsx";
import { firstRun as text } from "../messages/first-run.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { Copyable } from "../settings/copyable.tsx";
import { Picker } from "../uploads/pickers.tsx";
import { CaptionDrawing, ConceptDrawing, SimilarDrawing } from "./drawings.tsx";
import classes from "./first-run.module.css";
import { SamplesOffer } from "./samples-offer.tsx";

const UploadDialog = lazy(async () => ({
  default: (await import("../uploads/upload-dialog.tsx")).UploadDialog,
}));

const SEARCHES = [
  { title: text.similar, hint: text.similarHint, Drawing: SimilarDrawing },
  { title: text.concept, hint: text.conceptHint, Drawing: ConceptDrawing },
  { title: text.caption, hint: text.captionHint, Drawing: CaptionDrawing },
];

export function FirstRun() {
  const { choices, isPending } = useEncoders();
  return (
    <div className={classes.page} data-testid="first-run">
      <AddPictures />
      <SamplesOffer />
      {choices && <FirstRunOffer choices={choices} />}
      {/* Not before it is known what stands above: nothing must jump. */}
      {!isPending && <Searches />}
    </div>
  );
}

function Searches() {
  return (
    <>
      <h2>{text.searches}</h2>
      <ul className={classes.searches}>
        {SEARCHES.map(({ title, hint, Drawing }) => (
          <li key={title}>
            <Drawing />
            <h3>{title}</h3>
            <p>{hint}</p>
          </li>
        ))}
      </ul>
    </>
  );
}

function AddPictures() {
  const { uploads } = usePortal();
  const isTouch = useMediaQuery("(pointer: coarse)", false, { getInitialValueInEffect: false });
  const files = useRef<HTMLInputElement>(null);
  const other = useRef<HTMLInputElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <section className={classes.drop}>
      <Icon name={isTouch ? "images" : "upload"} sizePx={40} />
      <h1>{text.title}</h1>
      <p>{isTouch ? text.tapHint : text.dropHint}</p>
      <div className={classes.buttons}>
        <Button onClick={() => files.current?.click()}>
          {isTouch ? messages.uploads.library : text.chooseFiles}
        </Button>
        <Button variant="default" onClick={() => other.current?.click()}>
          {isTouch ? messages.uploads.photo : text.chooseFolder}
        </Button>
        <Button variant="default" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
          {text.addUrls}
        </Button>
      </div>
      <Picker kind={isTouch ? "library" : "files"} inputRef={files} onPick={uploads.add} />
      <Picker kind={isTouch ? "photo" : "folder"} inputRef={other} onPick={uploads.add} />
      {!isTouch && (
        <div className={classes.command}>
          <span>{text.command}</span>
          <Copyable code={text.commandText} />
        </div>
      )}
      <Suspense>
        {isOpen && <UploadDialog startsWith="urls" onClose={() => setIsOpen(false)} />}
      </Suspense>
    </section>
  );
}
