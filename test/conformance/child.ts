// A suite's process: it ends when its time is over.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** More than any suite needs: one that waits for ever must not stop the others. */
const TIMEOUT_MS = 10 * 60_000;
const ROOT = join(import.meta.dirname, "../..");

/** Runs `node ARGS` in the repository's root and waits for its end, however it ends. `stdout`: whether what it prints
 *  is shown. */
export async function runChild(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  stdout: "inherit" | "ignore",
): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: "1", ...env },
    stdio: ["ignore", stdout, "inherit"],
    timeout: TIMEOUT_MS,
    killSignal: "SIGKILL",
  });
  await once(child, "close");
}
