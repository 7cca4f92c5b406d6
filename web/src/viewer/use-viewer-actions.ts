// What can be done with the image that is open: by button, by key, by menu.
import { useClipboard } from "@mantine/hooks";
import { useState } from "react";
import type { Input } from "../../../src/client/input.ts";
import type { OpenBulkDialog } from "../bulk/use-bulk-dialog.tsx";
import { isSelected, useSelected } from "../grid/selection.ts";
import { viewer as text } from "../messages/viewer.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { like } from "../query.ts";
import { useSearch } from "../search/use-search.ts";
import { useRegions } from "./regions.tsx";
import type { Neighbours } from "./use-neighbours.ts";
import type { BarAction } from "./viewer-bar.tsx";

type ViewerActions = {
  readonly input: Input;
  readonly neighbours: Neighbours;
  readonly isFactsOpen: boolean;
  readonly onFacts: () => void;
  readonly onPart: () => void;
  readonly onClose: () => void;
  readonly open: OpenBulkDialog;
};

export function useViewerActions(props: ViewerActions) {
  const { input, neighbours, isFactsOpen, onFacts, onPart, onClose, open } = props;
  const { deletions, selection } = usePortal();
  const { search, viewInstead } = useSearch();
  const clipboard = useClipboard();
  const [hasRegions, setHasRegions] = useState(true);
  const regions = useRegions(input.id);
  const hasBoxes = regions.length > 0 || (input.reading?.lines.length ?? 0) > 0;
  const isMarked = isSelected(useSelected(), input.id);
  const { previous, next } = neighbours;

  function remove(): void {
    deletions.request([input.id]);
    const other = next ?? previous;
    if (other) viewInstead(other.input.id);
    else onClose();
  }

  const similar = () => search(like([input.id]));
  const label = () => open("labels", { ids: [input.id] });
  const select = () => selection.toggle(input.id);
  const isSearchable = input.status === "processed";
  const actions: readonly (BarAction | false)[] = [
    isSearchable && {
      key: "similar",
      icon: "search",
      label: messages.tile.similar,
      isMain: true,
      run: similar,
    },
    isSearchable && { key: "part", icon: "crop", label: text.part, run: onPart },
    { key: "label", icon: "label", label: text.label, run: label },
    hasBoxes && {
      key: "regions",
      icon: "boxes",
      label: hasRegions ? text.hideRegions : text.showRegions,
      isPressed: hasRegions,
      run: () => setHasRegions(!hasRegions),
    },
    {
      key: "select",
      icon: isMarked ? "selected" : "select",
      label: isMarked ? messages.tile.deselect : messages.tile.select,
      isPressed: isMarked,
      isMain: true,
      run: select,
    },
    {
      key: "download",
      icon: "download",
      label: text.download,
      href: input.originalUrl,
      fileName: input.name.slice(input.name.lastIndexOf("/") + 1),
    },
    // Browsers give the clipboard to pages with a certificate and to this machine only.
    window.isSecureContext && {
      key: "link",
      icon: clipboard.copied ? "check" : "link",
      label: clipboard.copied ? text.linkCopied : text.copyLink,
      run: () => clipboard.copy(window.location.href),
    },
    { key: "delete", icon: "trash", label: messages.tile.delete, run: remove },
    {
      key: "facts",
      icon: "info",
      label: isFactsOpen ? text.hideFacts : text.showFacts,
      isPressed: isFactsOpen,
      isMain: true,
      run: onFacts,
    },
  ];
  const move = {
    previous: previous && (() => viewInstead(previous.input.id)),
    next: next && (() => viewInstead(next.input.id)),
  };
  return {
    bar: actions.filter((action) => action !== false),
    hasRegions,
    move,
    keys: {
      ArrowLeft: move.previous,
      ArrowRight: move.next,
      " ": onClose,
      s: isSearchable ? similar : undefined,
      l: label,
      x: select,
      i: onFacts,
      Delete: remove,
    } as Readonly<Record<string, (() => void) | undefined>>,
  };
}
