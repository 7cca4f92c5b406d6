// Progress of long commands on a terminal: a bar with rate and time left; plain lines where there is none.
import { Presets, SingleBar } from "cli-progress";

const LINE_EVERY_MS = 5000;

/** `total`: 0 while it is unknown. */
export type Progress = { update(done: number, total: number): void; stop(): void };

/** What is counted: in units of `size`, with `digits` behind the point. */
export type Counted = { readonly unit: string; readonly size: number; readonly digits: number };

const IMAGES: Counted = { unit: "images", size: 1, digits: 0 };
export const MEGABYTES: Counted = { unit: "MB", size: 1e6, digits: 1 };

/** Writes to stderr, so that stdout stays for results. */
export function createProgress(counted = IMAGES, isTerminal = process.stderr.isTTY): Progress {
  return isTerminal ? barProgress(counted) : lineProgress(counted);
}

function barProgress(counted: Counted): Progress {
  const bar = new SingleBar(
    {
      format: `  {bar} {amount} ${counted.unit}  {rate}/s  {left} left`,
      hideCursor: true,
      stream: process.stderr,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  const rate = createRate(counted);
  bar.start(0, 0, { amount: toAmount(0, 0, counted), rate: "0", left: "?" });
  return {
    update(done, total) {
      bar.setTotal(Math.max(total, done));
      bar.update(done, { ...rate(done, total), amount: toAmount(done, total, counted) });
    },
    stop: () => bar.stop(),
  };
}

function lineProgress(counted: Counted): Progress {
  const rate = createRate(counted);
  let lastMs = Date.now();
  return {
    update(done, total) {
      const { rate: perSecond, left } = rate(done, total);
      if (Date.now() - lastMs < LINE_EVERY_MS) return;
      lastMs = Date.now();
      const amount = toAmount(done, total, counted);
      process.stderr.write(`${amount} ${counted.unit}  ${perSecond}/s  ${left} left\n`);
    },
    stop: () => undefined,
  };
}

function toAmount(done: number, total: number, { size, digits }: Counted): string {
  const [amount, all] = [done, total].map((count) => (count / size).toFixed(digits));
  return total > 0 || size === 1 ? `${amount}/${all}` : `${amount}`;
}

// Over the last ten seconds or so: disks and image sizes change along the way.
function createRate({
  size,
}: Counted): (done: number, total: number) => { rate: string; left: string } {
  const seen: { ms: number; done: number }[] = [];
  return (done, total) => {
    const now = Date.now();
    seen.push({ ms: now, done });
    while (seen.length > 2 && now - seen[0]!.ms > 10_000) seen.shift();
    const seconds = (now - seen[0]!.ms) / 1000;
    const perSecond = seconds > 0 ? (done - seen[0]!.done) / seconds : 0;
    const left = perSecond > 0 && total >= done ? formatSeconds((total - done) / perSecond) : "?";
    const units = perSecond / size;
    return { rate: units.toFixed(units < 10 ? 1 : 0), left };
  };
}

/** "42 s", "3 min 5 s", "2 h 10 min". */
export function formatSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
