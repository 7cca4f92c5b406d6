// The clients and what they depend on, installed apart from the root, as package-lock.json pins them.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const FOLDER = import.meta.dirname;

/** Installs them unless what is there is newer than the lock. No install scripts run (see .npmrc). */
export function installClients(): void {
  const installed = join(FOLDER, "node_modules/.package-lock.json");
  const lock = join(FOLDER, "package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  execFileSync("npm", ["ci"], {
    cwd: FOLDER,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
}

/** Name and version, such as "clarifai 2.9.1". */
export function clientName(name: string): string {
  const file = join(FOLDER, "node_modules", name, "package.json");
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  return `${name} ${version}`;
}
