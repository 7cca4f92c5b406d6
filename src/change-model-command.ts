// `semblance models use ID`: changes over to another model and watches until it answers.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Connection } from "./connect.ts";
import { AppError } from "./errors.ts";
import { createProgress, formatSeconds } from "./progress.ts";

const POLL_MS = 250;

/** `model`: id of an installed one, or a folder. Runs until it answers, or `signal` aborts; the vectors that were made until
 *  then are kept, and the next start goes on. @throws AppError "model_unavailable" with what kept it from answering */
export async function changeModel(
  { commands, server }: Connection,
  model: string,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const startMs = Date.now();
  const isFolder = /[\\/]/.test(model) && existsSync(model);
  let activity = await commands.changeModel({ model: isFolder ? resolve(model) : model });
  const progress = createProgress();
  try {
    while (activity.state === "running" && !signal.aborted) {
      progress.update(activity.done, activity.total);
      await setTimeout(POLL_MS);
      activity = await commands.activity({ id: activity.id });
    }
  } finally {
    progress.stop();
  }
  if (signal.aborted) return print(stopped(server));
  if (activity.state === "failed") throw new AppError("model_unavailable", activity.failure);
  if (activity.state === "cancelled") return print("It was cancelled; the model stays as it was.");
  const seconds = formatSeconds((Date.now() - startMs) / 1000);
  print(`Searches use ${activity.about} now: ${activity.total} images encoded in ${seconds}.`);
}

function stopped(server: string | undefined): string {
  if (server) return `Stopped watching. The server at ${server} goes on.`;
  return "Stopped. The model in use goes on answering; what is made is kept, and the next start goes on.";
}
