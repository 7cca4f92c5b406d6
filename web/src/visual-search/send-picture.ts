// A picture of this device -> a term to search by. Large ones are made smaller first: models look at a few hundred pixels.
import type { QueryClient } from "@tanstack/react-query";
import type { Client } from "../../../src/client/client.ts";
import type { Term } from "../query.ts";

const SIDE_MAX_PX = 1600;
/** What is smaller goes as it is. */
const SIZE_MAX_BYTES = 1_000_000;
const QUALITY = 0.92;

/** @throws ClientError if the server cannot read it */
export async function sendPicture(
  client: Client,
  queryClient: QueryClient,
  file: Blob,
): Promise<Term> {
  const { id } = await client.addExample(await shrunk(file));
  // The server keeps it small: whoever cuts a part out of it soon will want the picture itself.
  queryClient.setQueryData(fileKey(id), file);
  return { kind: "example", exampleId: id, weight: 1 };
}

/** Where the query client has the picture of an example. */
export function fileKey(exampleId: string): readonly [string, string] {
  return ["example-file", exampleId];
}

async function shrunk(file: Blob): Promise<Blob> {
  if (file.size <= SIZE_MAX_BYTES) return file;
  // Not every browser reads HEIC or TIFF; the server does.
  const image = await createImageBitmap(file).catch(() => undefined);
  if (!image) return file;
  const scale = Math.min(1, SIDE_MAX_PX / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  return (await toBlob(canvas)) ?? file;
}

/** WebP keeps what is transparent. Undefined where the browser gives none. */
export async function toBlob(canvas: HTMLCanvasElement): Promise<Blob | undefined> {
  const blob = await new Promise<Blob | null>((resolve) =>
    canvas.toBlob(resolve, "image/webp", QUALITY),
  );
  return blob ?? undefined;
}
