// Nothing here yet: how to add pictures, and the three searches that will then work.
import { Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { useRef } from "react";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import { FileInput, FolderInput } from "../uploads/upload-button.tsx";
import { CaptionDrawing, ConceptDrawing, SimilarDrawing } from "./drawings.tsx";
import classes from "./first-run.module.css";

const text = messages.firstRun;

const SEARCHES = [
  { title: text.similar, hint: text.similarHint, Drawing: SimilarDrawing },
  { title: text.concept, hint: text.conceptHint, Drawing: ConceptDrawing },
  { title: text.caption, hint: text.captionHint, Drawing: CaptionDrawing },
];

export function FirstRun() {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  return (
    <div className={classes.page} data-testid="first-run">
      <section className={classes.drop}>
        <Icon name="upload" sizePx={40} />
        <h1>{text.title}</h1>
        <p>{text.dropHint}</p>
        <div className={classes.buttons}>
          <Button onClick={() => files.current?.click()}>{text.chooseFiles}</Button>
          <Button variant="default" onClick={() => folder.current?.click()}>
            {text.chooseFolder}
          </Button>
        </div>
        <FileInput inputRef={files} />
        <FolderInput inputRef={folder} />
        <Command />
      </section>
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
    </div>
  );
}

function Command() {
  const clipboard = useClipboard({ timeout: 2000 });
  const label = clipboard.copied ? text.copied : text.copy;
  return (
    <div className={classes.command}>
      <span>{text.command}</span>
      <code>
        {text.commandText}
        <button
          type="button"
          aria-label={label}
          title={label}
          onClick={() => clipboard.copy(text.commandText)}
        >
          <Icon name={clipboard.copied ? "check" : "copy"} sizePx={16} />
        </button>
      </code>
    </div>
  );
}
