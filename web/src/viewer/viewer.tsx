// One image over the whole page: large, with its facts and predicted concepts; arrows move on.
import { Modal } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { KeyboardEvent } from "react";
import type { Input } from "../../../src/client/input.ts";
import { Notice } from "../frame/notice.tsx";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { isRanked, like, ofConcept, type Query } from "../query.ts";
import { useSearch } from "../search/use-search.ts";
import { InputFacts } from "./input-facts.tsx";
import { Predictions } from "./predictions.tsx";
import { Stage } from "./stage.tsx";
import { type Neighbours, useNeighbours } from "./use-neighbours.ts";
import classes from "./viewer.module.css";
import { ViewerBar } from "./viewer-bar.tsx";

type ViewerProps = {
  readonly id: string;
  /** The results to move through. */
  readonly query: Query;
};

export function Viewer({ id, query }: ViewerProps) {
  const { client } = usePortal();
  const { closeView } = useSearch();
  const neighbours = useNeighbours(query, id);
  const { data, error } = useQuery({
    queryKey: ["input", id],
    queryFn: ({ signal }) => client.input(id, { signal }),
  });
  const input = data ?? neighbours.hit?.input;
  return (
    <Modal.Root opened fullScreen padding={0} onClose={closeView} transitionProps={{ duration: 0 }}>
      <Modal.Content
        aria-label={messages.viewer.label}
        classNames={{ content: classes.content ?? "" }}
      >
        {input && (
          <InputViewer input={input} query={query} neighbours={neighbours} onClose={closeView} />
        )}
        {!input && error && (
          <>
            <ViewerBar onClose={closeView} />
            <Notice icon="alert" title={messages.viewer.gone} hint={messages.viewer.goneHint} />
          </>
        )}
      </Modal.Content>
    </Modal.Root>
  );
}

type InputViewerProps = {
  readonly input: Input;
  readonly query: Query;
  readonly neighbours: Neighbours;
  readonly onClose: () => void;
};

function InputViewer({ input, query, neighbours, onClose }: InputViewerProps) {
  const { deletions } = usePortal();
  const { search, viewInstead } = useSearch();
  const [isFactsOpen, setIsFactsOpen] = useLocalStorage({
    key: "semblance.viewer-facts",
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  const { hit, previous, next } = neighbours;

  function remove(): void {
    deletions.request([input.id]);
    const other = next ?? previous;
    if (other) viewInstead(other.input.id);
    else onClose();
  }

  const actions = {
    similar: () => search(like([input.id])),
    remove,
    toggleFacts: () => setIsFactsOpen(!isFactsOpen),
    previous: previous && (() => viewInstead(previous.input.id)),
    next: next && (() => viewInstead(next.input.id)),
  };
  const keys: Record<string, (() => void) | undefined> = {
    ArrowLeft: actions.previous,
    ArrowRight: actions.next,
    s: actions.similar,
    i: actions.toggleFacts,
    Delete: actions.remove,
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole dialog, which has the role
    <div
      className={classes.viewer}
      data-testid="viewer"
      // Takes the focus, so that keys work at once and no button looks chosen.
      data-autofocus
      tabIndex={-1}
      onKeyDown={(event: KeyboardEvent) => {
        if (!event.ctrlKey && !event.metaKey && !event.altKey) keys[event.key]?.();
      }}
    >
      <div className={classes.left}>
        <ViewerBar input={input} isFactsOpen={isFactsOpen} actions={actions} onClose={onClose} />
        <Stage key={input.id} input={input} onPrevious={actions.previous} onNext={actions.next} />
      </div>
      {isFactsOpen && (
        <aside className={classes.facts}>
          <InputFacts input={input} score={isRanked(query) ? hit?.score : undefined} />
          <Predictions id={input.id} onChoose={(name) => search(ofConcept(name))} />
        </aside>
      )}
    </div>
  );
}
