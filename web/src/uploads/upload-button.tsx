// "Upload" with its two pickers: files (and archives), or a folder.
import { Button, Menu } from "@mantine/core";
import { type ReactElement, type RefObject, useRef } from "react";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { ACCEPT, pickListed } from "./picked-files.ts";

const text = messages.uploads;

declare module "react" {
  interface InputHTMLAttributes<T> {
    /** Picks folders; every browser has it, no standard does. */
    webkitdirectory?: string | undefined;
  }
}

/** `children`: another button to open the menu with. */
export function UploadButton({ children }: { readonly children?: ReactElement }) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  return (
    <>
      <Menu position="bottom-end" width={224}>
        <Menu.Target>
          {children ?? (
            <Button size="xs" leftSection={<Icon name="upload" sizePx={16} />}>
              {text.upload}
            </Button>
          )}
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="file" />} onClick={() => files.current?.click()}>
            {text.files}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="folder" />} onClick={() => folder.current?.click()}>
            {text.folder}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <FileInput inputRef={files} />
      <FolderInput inputRef={folder} />
    </>
  );
}

type PickerProps = { readonly inputRef: RefObject<HTMLInputElement | null> };

export function FileInput({ inputRef }: PickerProps) {
  return <Picker inputRef={inputRef} label={text.filesInput} testId="upload-input" />;
}

export function FolderInput({ inputRef }: PickerProps) {
  return (
    <Picker inputRef={inputRef} label={text.folderInput} testId="upload-folder-input" isFolder />
  );
}

function Picker({
  inputRef,
  label,
  testId,
  isFolder = false,
}: PickerProps & {
  readonly label: string;
  readonly testId: string;
  readonly isFolder?: boolean;
}) {
  const { uploads } = usePortal();
  return (
    <input
      ref={inputRef}
      type="file"
      hidden
      multiple
      accept={isFolder ? undefined : ACCEPT}
      webkitdirectory={isFolder ? "" : undefined}
      aria-label={label}
      data-testid={testId}
      onChange={({ currentTarget }) => {
        uploads.add(pickListed(currentTarget.files ?? []));
        // The same files can be chosen again.
        currentTarget.value = "";
      }}
    />
  );
}
