// An image on the page and a part of it in percent -> the pixels of that part, as a file.
import type { PercentCrop } from "react-image-crop";
import { toBlob } from "./send-picture.ts";

const SIDE_MAX_PX = 1024;

/** Undefined if the browser gives no pixels. */
export function cutOut(
  image: HTMLImageElement,
  { x, y, width, height }: PercentCrop,
): Promise<Blob | undefined> {
  const { naturalWidth, naturalHeight } = image;
  const [left, top] = [(x / 100) * naturalWidth, (y / 100) * naturalHeight];
  const [across, down] = [(width / 100) * naturalWidth, (height / 100) * naturalHeight];
  const scale = Math.min(1, SIDE_MAX_PX / Math.max(across, down));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(across * scale));
  canvas.height = Math.max(1, Math.round(down * scale));
  canvas
    .getContext("2d")
    ?.drawImage(image, left, top, across, down, 0, 0, canvas.width, canvas.height);
  return toBlob(canvas);
}
