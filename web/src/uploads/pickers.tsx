// Hidden file inputs, one for each way to choose pictures, and what is done with the choice.
import type { RefObject } from "react";
import { messages } from "../messages.ts";
import { ACCEPT, type Picked, pickListed } from "./picked-files.ts";

const text = messages.uploads;

declare module "react" {
  interface InputHTMLAttributes<T> {
    /** Picks folders; every browser has it, no standard does. */
    webkitdirectory?: string | undefined;
  }
}

export type PickKind = "files" | "folder" | "photo" | "library";

const KINDS: Record<
  PickKind,
  {
    readonly label: string;
    readonly testId: string;
    readonly attributes: {
      readonly accept?: string;
      readonly multiple?: boolean;
      readonly webkitdirectory?: string;
      readonly capture?: "environment";
    };
  }
> = {
  files: {
    label: text.filesInput,
    testId: "upload-input",
    attributes: { accept: ACCEPT, multiple: true },
  },
  folder: {
    label: text.folderInput,
    testId: "upload-folder-input",
    attributes: { multiple: true, webkitdirectory: "" },
  },
  photo: {
    label: text.photoInput,
    testId: "upload-photo-input",
    attributes: { accept: "image/*", capture: "environment" },
  },
  // "image/*" alone is what makes phones offer their library rather than their files.
  library: {
    label: text.libraryInput,
    testId: "upload-library-input",
    attributes: { accept: "image/*", multiple: true },
  },
};

type PickerProps = {
  readonly kind: PickKind;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly onPick: (picked: Picked) => void;
};

export function Picker({ kind, inputRef, onPick }: PickerProps) {
  const { label, testId, attributes } = KINDS[kind];
  return (
    <input
      {...attributes}
      ref={inputRef}
      type="file"
      hidden
      aria-label={label}
      data-testid={testId}
      onChange={({ currentTarget }) => {
        onPick(pickListed(currentTarget.files ?? []));
        // The same files can be chosen again.
        currentTarget.value = "";
      }}
    />
  );
}
