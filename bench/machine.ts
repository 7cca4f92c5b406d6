// Where and when a benchmark ran: printed above its numbers.
import { execFileSync } from "node:child_process";
import { availableParallelism, cpus, loadavg } from "node:os";

/** CPU model, cores, load average, Node version, date and git commit, in one line. */
export function machine(): string {
  const cpu = cpus()[0]?.model.trim() ?? "unknown CPU";
  const load = loadavg().map((x) => x.toFixed(1));
  const date = new Date().toISOString().slice(0, 16);
  return `${cpu}, ${availableParallelism()} cores, load ${load.join(" ")}, node ${process.version}, ${date}, commit ${commit()}`;
}

/** Short; "none" outside a checkout. */
export function commit(): string {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  } catch {
    return "none"; // not a checkout
  }
}
