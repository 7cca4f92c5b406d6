// What surrounds every page: sidebar (a bottom bar on phones), banner, tray, toast.
import { useWindowEvent } from "@mantine/hooks";
import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { DeletionToast } from "../deletions/deletion-toast.tsx";
import { isPlainKey } from "../keys/plain-key.ts";
import { DropZone } from "../uploads/drop-zone.tsx";
import { UploadTray } from "../uploads/upload-tray.tsx";
import classes from "./frame.module.css";
import { ServerBanner } from "./server-banner.tsx";
import { Sidebar } from "./sidebar.tsx";

const KeysDialog = lazy(() =>
  import("../keys/keys-dialog.tsx").then(({ KeysDialog: component }) => ({ default: component })),
);

export function Frame() {
  const [isKeysOpen, setIsKeysOpen] = useState(false);
  useWindowEvent("keydown", (event) => {
    if (event.key === "?" && isPlainKey(event)) setIsKeysOpen(true);
  });
  return (
    <div className={classes.frame}>
      <Sidebar onKeys={() => setIsKeysOpen(true)} />
      <main className={classes.main}>
        <ServerBanner />
        <Suspense>
          <Outlet />
        </Suspense>
      </main>
      <UploadTray />
      <DeletionToast />
      <DropZone />
      <Suspense>{isKeysOpen && <KeysDialog onClose={() => setIsKeysOpen(false)} />}</Suspense>
    </div>
  );
}
