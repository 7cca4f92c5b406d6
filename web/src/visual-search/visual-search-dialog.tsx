// Search by a picture: choose one, then the part of it that counts. Load it with lazy(): it brings the cropping tool.
import { Modal } from "@mantine/core";
import { useState } from "react";
import { useFocusBack } from "../keys/use-focus-back.ts";
import { messages } from "../messages.ts";
import { type Term, withTerm } from "../query.ts";
import { useImageDrop } from "../search/use-image-drop.ts";
import { useSearch } from "../search/use-search.ts";
import { ChoosePicture } from "./choose-picture.tsx";
import { CropPicture } from "./crop-picture.tsx";
import type { PictureSource } from "./picture-source.ts";
import { usePaste } from "./use-paste.ts";

export type VisualSearchDialogProps = {
  /** Opens with this picture, ready to be cropped; default: asks for one. */
  readonly source?: PictureSource | undefined;
  readonly onClose: () => void;
  /** Gets the picture, or the part of it, as a term. Default: adds it to the search that is open. */
  readonly onSearch?: ((term: Term) => void) | undefined;
};

export function VisualSearchDialog({ source, onClose, onSearch }: VisualSearchDialogProps) {
  const { search, current } = useSearch();
  const [chosen, setChosen] = useState(source);
  // A picture that takes the place of another one starts whole.
  const [choices, setChoices] = useState(0);
  const drop = useImageDrop((file) => choose({ kind: "file", file }));
  usePaste(choose);
  useFocusBack();

  function choose(picture: PictureSource | undefined): void {
    setChosen(picture);
    setChoices(choices + 1);
  }

  function finish(term: Term): void {
    onClose();
    if (onSearch) onSearch(term);
    else search(withTerm(current(), term));
  }

  return (
    <Modal
      opened
      centered
      size="lg"
      title={messages.visualSearch.title}
      closeButtonProps={{ "aria-label": messages.close }}
      data-testid="visual-search-dialog"
      onClose={onClose}
      // What surrounds the dialog has keys of its own; React hands ours on to it.
      onKeyDown={(event) => event.stopPropagation()}
      {...drop.listeners}
    >
      {chosen ? (
        <CropPicture
          key={choices}
          source={chosen}
          onSearch={finish}
          onBack={() => choose(undefined)}
        />
      ) : (
        <ChoosePicture isOver={drop.isOver} onChoose={choose} />
      )}
    </Modal>
  );
}
