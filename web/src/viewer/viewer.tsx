// One image over the whole page: large, with everything that is known about it; arrows move on.
import { Modal } from "@mantine/core";
import { useLocalStorage, useMediaQuery, useWindowEvent } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, lazy, Suspense, useRef, useState } from "react";
import type { Input } from "../../../src/client/input.ts";
import { useBulkDialog } from "../bulk/use-bulk-dialog.tsx";
import { Notice } from "../frame/notice.tsx";
import { pageOptions } from "../grid/search-page.ts";
import { viewer as viewerText } from "../messages/viewer.ts";
import { usePortal } from "../portal.ts";
import { isRanked, type Query } from "../query.ts";
import { useSearch } from "../search/use-search.ts";
import { toInputKey } from "./input-key.ts";
import { Stage, type StageHandle } from "./stage.tsx";
import { type Neighbours, useNeighbours } from "./use-neighbours.ts";
import { useViewerActions } from "./use-viewer-actions.ts";
import classes from "./viewer.module.css";
import { ViewerBar } from "./viewer-bar.tsx";
import { ViewerSide } from "./viewer-side.tsx";

const VisualSearchDialog = lazy(async () => ({
  default: (await import("../visual-search/visual-search-dialog.tsx")).VisualSearchDialog,
}));

/** What Escape closes first. The viewer is one of them. */
const FLOATING = "[role=dialog], [role=menu], [role=listbox]";

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
    queryKey: toInputKey(id),
    queryFn: ({ signal }) => client.input(id, { signal }),
  });
  const input = data ?? neighbours.hit?.input;
  // Escape in a dialog or list over the viewer is for that alone.
  useWindowEvent("keydown", (event) => {
    const shown = [...document.querySelectorAll(FLOATING)].filter((one) => one.checkVisibility());
    const isOnTop = shown.length === 1;
    if (event.key === "Escape" && isOnTop && !event.defaultPrevented) closeView();
  });
  return (
    <Modal.Root
      opened
      fullScreen
      padding={0}
      closeOnEscape={false}
      onClose={closeView}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Content aria-label={viewerText.title} classNames={{ content: classes.content ?? "" }}>
        {input && (
          <InputViewer input={input} query={query} neighbours={neighbours} onClose={closeView} />
        )}
        {!input && error && (
          <>
            <ViewerBar onClose={closeView} />
            <Notice icon="alert" title={viewerText.gone} hint={viewerText.goneHint} />
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
  const { client } = usePortal();
  const { data: first } = useQuery({ ...pageOptions(client, query, 0), enabled: false });
  const [isFactsOpen, setIsFactsOpen] = useFactsOpen();
  const [isPartOpen, setIsPartOpen] = useState(false);
  const { open, dialog } = useBulkDialog();
  const stage = useRef<StageHandle>(null);
  const { bar, keys, move, hasRegions } = useViewerActions({
    input,
    neighbours,
    isFactsOpen,
    onFacts: () => setIsFactsOpen(!isFactsOpen),
    onPart: () => setIsPartOpen(true),
    onClose,
    open,
  });

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event)) return;
    const { in: closer, out, whole } = stage.current ?? {};
    const zoom: Record<string, (() => void) | undefined> = {
      "+": closer,
      "=": closer,
      "-": out,
      "0": whole,
    };
    const run = keys[event.key] ?? zoom[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole dialog, which has the role
    <div
      className={classes.viewer}
      data-testid="viewer"
      // Takes the focus, so that keys work at once and no button looks chosen.
      data-autofocus
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <div className={classes.left}>
        <ViewerBar
          input={input}
          index={neighbours.index}
          total={first?.total ?? 0}
          actions={bar}
          onClose={onClose}
        />
        <Stage
          key={input.id}
          ref={stage}
          input={input}
          hasRegions={hasRegions}
          onPrevious={move.previous}
          onNext={move.next}
          onClose={onClose}
        />
      </div>
      {isFactsOpen && (
        <ViewerSide
          input={input}
          score={isRanked(query) ? neighbours.hit?.score : undefined}
          open={open}
        />
      )}
      {dialog}
      <Suspense>
        {isPartOpen && (
          <VisualSearchDialog
            source={{ kind: "input", inputId: input.id }}
            onClose={() => setIsPartOpen(false)}
          />
        )}
      </Suspense>
    </div>
  );
}

// On phones the picture has the whole screen, until somebody asks for more.
function useFactsOpen() {
  const isPhone = useMediaQuery("(max-width: 640px)", false, { getInitialValueInEffect: false });
  return useLocalStorage({
    key: isPhone ? "semblance.viewer-facts-phone" : "semblance.viewer-facts",
    defaultValue: !isPhone,
    getInitialValueInEffect: false,
  });
}

// A field takes letters, a button takes the space bar, a dialog above takes everything.
function isElsewhere({ target, currentTarget, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement) || !currentTarget.contains(target)) return true;
  return (
    target.closest(key === " " ? "input, textarea, button, a, summary" : "input, textarea") !== null
  );
}
