// What surrounds every page: sidebar (a bottom bar on phones), banner, tray, toast.
import { useWindowEvent } from "@mantine/hooks";
import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { ActivityTray } from "../activities/activity-tray.tsx";
import { DeletionToast } from "../deletions/deletion-toast.tsx";
import { OfferPlace } from "../encoders/offer-place.tsx";
import { isPlainKey } from "../keys/plain-key.ts";
import { DropZone } from "../uploads/drop-zone.tsx";
import { UploadTray } from "../uploads/upload-tray.tsx";
import classes from "./frame.module.css";
import { ServerBanner } from "./server-banner.tsx";
import { Sidebar } from "./sidebar.tsx";

const KeysDialog = lazy(async () => ({
  default: (await import("../keys/keys-dialog.tsx")).KeysDialog,
}));
const Palette = lazy(async () => ({ default: (await import("../palette/palette.tsx")).Palette }));

export function Frame() {
  const [isKeysOpen, setIsKeysOpen] = useState(false);
  const [isPaletteOpen, setIsPaletteOpen] = useState(false);
  useWindowEvent("keydown", (event) => {
    if (event.key === "?" && isPlainKey(event)) setIsKeysOpen(true);
    if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      setIsPaletteOpen(true);
    }
  });
  return (
    <div className={classes.frame}>
      <Sidebar onKeys={() => setIsKeysOpen(true)} onPalette={() => setIsPaletteOpen(true)} />
      <main className={classes.main}>
        <ServerBanner />
        <Suspense>
          <Outlet />
        </Suspense>
      </main>
      <div className={classes.trays}>
        <OfferPlace />
        <ActivityTray />
        <UploadTray />
      </div>
      <DeletionToast />
      <DropZone />
      <Suspense>
        {isKeysOpen && <KeysDialog onClose={() => setIsKeysOpen(false)} />}
        {isPaletteOpen && (
          <Palette onClose={() => setIsPaletteOpen(false)} onKeys={() => setIsKeysOpen(true)} />
        )}
      </Suspense>
    </div>
  );
}
