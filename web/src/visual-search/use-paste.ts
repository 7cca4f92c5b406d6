// A picture, or the address of one, that is pasted anywhere while the dialog is open.
import { useWindowEvent } from "@mantine/hooks";
import { isAddress } from "../search/parse.ts";
import type { PictureSource } from "./picture-source.ts";

export function usePaste(onPaste: (source: PictureSource) => void): void {
  useWindowEvent("paste", (event) => {
    const file = [...(event.clipboardData?.files ?? [])].find(isPicture);
    const url = event.clipboardData?.getData("text").trim() ?? "";
    if (!file && !isAddress(url)) return;
    event.preventDefault();
    onPaste(file ? { kind: "file", file } : { kind: "url", url });
  });
}

/** What the clipboard has of a picture, among what else it has of it (HTML, text). */
function isPicture({ type }: Blob): boolean {
  return type.startsWith("image/");
}
