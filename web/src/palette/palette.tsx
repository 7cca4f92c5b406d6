// Ctrl+K: everything by typing a few letters of its name.
import { Modal } from "@mantine/core";
import { type KeyboardEvent, lazy, Suspense, useId, useState } from "react";
import { flushSync } from "react-dom";
import { Icon } from "../icon.tsx";
import { useFocusBack } from "../keys/use-focus-back.ts";
import { messages } from "../messages.ts";
import { useSearch } from "../search/use-search.ts";
import { type Command, findCommands } from "./command.ts";
import { CommandList } from "./command-list.tsx";
import classes from "./palette.module.css";
import { type Step, useCommands } from "./use-commands.ts";

const text = messages.palette;

const NewAppDialog = lazy(async () => ({
  default: (await import("../frame/new-app-dialog.tsx")).NewAppDialog,
}));
const SaveSearchDialog = lazy(async () => ({
  default: (await import("../saved/save-search-dialog.tsx")).SaveSearchDialog,
}));
const UploadDialog = lazy(async () => ({
  default: (await import("../uploads/upload-dialog.tsx")).UploadDialog,
}));
const VisualSearchDialog = lazy(async () => ({
  default: (await import("../visual-search/visual-search-dialog.tsx")).VisualSearchDialog,
}));

type PaletteProps = { readonly onClose: () => void; readonly onKeys: () => void };

export function Palette({ onClose, onKeys }: PaletteProps) {
  const [step, setStep] = useState<Step>();
  useFocusBack();
  if (step) {
    return (
      <Suspense>
        <StepDialog step={step} onClose={onClose} />
      </Suspense>
    );
  }
  return (
    <Modal.Root
      opened
      onClose={onClose}
      size={640}
      padding={0}
      yOffset="min(12dvh, 120px)"
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={text.title} data-testid="palette">
        <Commands onClose={onClose} onKeys={onKeys} onStep={setStep} />
      </Modal.Content>
    </Modal.Root>
  );
}

function StepDialog({ step, onClose }: { readonly step: Step; readonly onClose: () => void }) {
  const { current } = useSearch();
  switch (step) {
    case "newApp":
      return <NewAppDialog onClose={onClose} />;
    case "upload":
      return <UploadDialog onClose={onClose} />;
    case "byImage":
      return <VisualSearchDialog onClose={onClose} />;
    case "save":
      return <SaveSearchDialog query={current()} onClose={onClose} />;
  }
}

type CommandsProps = PaletteProps & { readonly onStep: (step: Step) => void };

function Commands({ onClose, onKeys, onStep }: CommandsProps) {
  const [typed, setTyped] = useState("");
  const [activeIndex, setActiveIndex] = useState(0);
  const listId = useId();
  const commands = useCommands({ typed: typed.trim(), onKeys, onStep });
  const groups = findCommands(commands, typed.trim());
  const shown = groups.flatMap((group) => group.commands);
  const active = Math.min(activeIndex, shown.length - 1);

  function run(command: Command): void {
    // What the command sets here has to be set before the palette goes.
    flushSync(command.run);
    if (!STEPS.has(command.id)) onClose();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const { length } = shown;
    const command = shown[active];
    const actions: Record<string, (() => void) | undefined> = {
      ArrowDown: () => setActiveIndex((active + 1) % length),
      ArrowUp: () => setActiveIndex((active - 1 + length) % length),
      PageDown: () => setActiveIndex(length - 1),
      PageUp: () => setActiveIndex(0),
      Enter: command && (() => run(command)),
    };
    const action = actions[event.key];
    if (!action || length === 0) return;
    event.preventDefault();
    action();
  }

  return (
    <>
      <div className={classes.box}>
        <Icon name="command" />
        <input
          data-autofocus
          className={classes.input}
          type="text"
          role="combobox"
          aria-label={text.title}
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={shown.length > 0 ? `${listId}-${active}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          data-testid="palette-box"
          placeholder={text.placeholder}
          value={typed}
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value);
            setActiveIndex(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <CommandList id={listId} groups={groups} activeIndex={active} onRun={run} />
    </>
  );
}

/** Commands that go on in the palette. */
const STEPS: ReadonlySet<string> = new Set(["save", "app", "by image", "upload"]);
