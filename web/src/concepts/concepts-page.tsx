// Concepts: the app's own, with their examples, and those that need no training.
import { Button } from "@mantine/core";
import { useState } from "react";
import { Page } from "../frame/page.tsx";
import { Icon } from "../icon.tsx";
import { concepts as text } from "../messages/concepts.ts";
import { BuiltInConcepts } from "./built-in-concepts.tsx";
import { ConceptNameDialog } from "./concept-name-dialog.tsx";
import classes from "./concepts-page.module.css";
import { OwnConcepts } from "./own-concepts.tsx";

const TABS = ["own", "builtIn"] as const;

export function ConceptsPage() {
  const [tab, setTab] = useState<(typeof TABS)[number]>("own");
  const [isNaming, setIsNaming] = useState(false);
  return (
    <Page
      title={text.title}
      isFixed
      actions={
        <Button
          size="sm"
          leftSection={<Icon name="add" sizePx={18} />}
          onClick={() => setIsNaming(true)}
        >
          {text.create}
        </Button>
      }
    >
      <div className={classes.page}>
        <div className={classes.tabs} role="tablist" aria-label={text.tabs}>
          {TABS.map((one) => (
            <button
              key={one}
              type="button"
              role="tab"
              id={`concepts-tab-${one}`}
              aria-selected={one === tab}
              aria-controls="concepts-panel"
              tabIndex={one === tab ? 0 : -1}
              onClick={() => setTab(one)}
              onKeyDown={({ key, currentTarget }) => {
                if (key !== "ArrowLeft" && key !== "ArrowRight") return;
                setTab(tab === "own" ? "builtIn" : "own");
                const other =
                  currentTarget.previousElementSibling ?? currentTarget.nextElementSibling;
                if (other instanceof HTMLElement) other.focus();
              }}
            >
              {text[one]}
            </button>
          ))}
        </div>
        <div
          className={classes.panel}
          role="tabpanel"
          id="concepts-panel"
          aria-labelledby={`concepts-tab-${tab}`}
        >
          {tab === "own" ? <OwnConcepts /> : <BuiltInConcepts />}
        </div>
      </div>
      {isNaming && <ConceptNameDialog onClose={() => setIsNaming(false)} />}
    </Page>
  );
}
