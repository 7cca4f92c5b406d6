// Worker thread of reader.ts: pixels in, lines of text out.
import { serve } from "../thread.ts";
import type { Picture } from "./picture.ts";
import { openNetworks, read, timeLimit } from "./read.ts";

/** `folder` has the files; `threads` compute one run. */
export type ReadingStart = { readonly folder: string; readonly threads: number };

/** After `limitMs` it gives up between two runs of a network. */
export type ReadingMessage = { readonly picture: Picture; readonly limitMs: number };

serve<ReadingStart, ReadingMessage>(async ({ folder, threads }) => {
  const networks = openNetworks(folder, threads);
  return async ({ picture, limitMs }) => ({
    result: await read(picture, networks, timeLimit(limitMs)),
  });
});
