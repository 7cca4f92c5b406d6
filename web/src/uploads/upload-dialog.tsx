// What to upload, and what every picture of it is given. Choosing starts the upload and closes the dialog.
import { Modal, Tabs } from "@mantine/core";
import { useEffect, useState } from "react";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { FilesTab } from "./files-tab.tsx";
import type { Picked } from "./picked-files.ts";
import { toUploadSettings, useUploadSettings } from "./settings.ts";
import { SettingsSection } from "./settings-section.tsx";
import { UrlsTab } from "./urls-tab.tsx";

const text = messages.uploads;

type UploadDialogProps = {
  /** Which tab is open first. Default "files". */
  readonly startsWith?: "files" | "urls";
  readonly onClose: () => void;
};

export function UploadDialog({ startsWith = "files", onClose }: UploadDialogProps) {
  const { uploads, urlJobs } = usePortal();
  const { settings, change } = useUploadSettings();
  const [tab, setTab] = useState<string | null>(startsWith);
  // What is dropped anywhere while the dialog is open gets its settings, and closes it.
  useEffect(() => {
    uploads.offer({ settings: toUploadSettings(settings), onTaken: onClose });
    return () => uploads.offer(undefined);
  }, [uploads, settings, onClose]);

  function addFiles(picked: Picked): void {
    if (picked.files.length + picked.skipped > 0) uploads.add(picked);
  }

  function addUrls(urls: readonly string[]): void {
    const { areDuplicateUrlsAllowed: allowDuplicateUrls } = settings;
    urlJobs.add(urls, { ...toUploadSettings(settings), allowDuplicateUrls });
    onClose();
  }

  return (
    <Modal
      opened
      centered
      size="lg"
      title={text.dialogTitle}
      closeButtonProps={{ "aria-label": messages.close }}
      onClose={onClose}
      data-testid="upload-dialog"
    >
      <Tabs value={tab} onChange={setTab}>
        <Tabs.List mb="md">
          <Tabs.Tab value="files">{text.tabFiles}</Tabs.Tab>
          <Tabs.Tab value="urls">{text.tabUrls}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="files">
          <FilesTab onPick={addFiles} />
        </Tabs.Panel>
        <Tabs.Panel value="urls">
          <UrlsTab
            areDuplicatesAllowed={settings.areDuplicateUrlsAllowed}
            onAllowDuplicates={(areDuplicateUrlsAllowed) => change({ areDuplicateUrlsAllowed })}
            onAdd={addUrls}
          />
        </Tabs.Panel>
      </Tabs>
      <SettingsSection settings={settings} onChange={change} />
    </Modal>
  );
}
