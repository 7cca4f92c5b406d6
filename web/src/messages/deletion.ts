// Deleting, and taking it back.
import { plural } from "./count-text.ts";

export const deletion = {
  done: (count: number) => `${plural(count, "image", "images")} deleted.`,
  failed: (reason: string) => `Deleting failed: ${reason}`,
};
