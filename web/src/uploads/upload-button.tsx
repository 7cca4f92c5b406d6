// "Upload": opens the dialog for files, folders and URLs.
import { Button } from "@mantine/core";
import { lazy, Suspense, useRef, useState } from "react";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { Picker } from "./pickers.tsx";

const UploadDialog = lazy(async () => ({
  default: (await import("./upload-dialog.tsx")).UploadDialog,
}));

export function UploadButton() {
  const { uploads } = usePortal();
  const [isOpen, setIsOpen] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        size="xs"
        leftSection={<Icon name="upload" sizePx={16} />}
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
      >
        {messages.uploads.upload}
      </Button>
      {/* For programs that drive the page: files without the dialog. */}
      <Picker kind="files" inputRef={files} onPick={uploads.add} />
      <Suspense>{isOpen && <UploadDialog onClose={() => setIsOpen(false)} />}</Suspense>
    </>
  );
}
