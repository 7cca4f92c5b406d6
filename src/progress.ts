// Progress of indexing on a terminal: a bar with rate and time left; plain lines where there is none.
import { Presets, SingleBar } from "cli-progress";

const LINE_EVERY_MS = 5000;

export type Progress = { update(done: number, total: number): void; stop(): void };

/** Writes to stderr, so that stdout stays for results. */
export function createProgress(isTerminal = process.stderr.isTTY): Progress {
  return isTerminal ? barProgress() : lineProgress();
}

function barProgress(): Progress {
  const bar = new SingleBar(
    {
      format: "  {bar} {value}/{total} images  {rate}/s  {left} left",
      hideCursor: true,
      stream: process.stderr,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  const rate = createRate();
  bar.start(0, 0, { rate: "0", left: "?" });
  return {
    update(done, total) {
      bar.setTotal(total);
      bar.update(done, rate(done, total));
    },
    stop: () => bar.stop(),
  };
}

function lineProgress(): Progress {
  const rate = createRate();
  let lastMs = Date.now();
  return {
    update(done, total) {
      const { rate: perSecond, left } = rate(done, total);
      if (Date.now() - lastMs < LINE_EVERY_MS) return;
      lastMs = Date.now();
      process.stderr.write(`${done}/${total} images  ${perSecond}/s  ${left} left\n`);
    },
    stop: () => undefined,
  };
}

// Over the last ten seconds or so: disks and image sizes change along the way.
function createRate(): (done: number, total: number) => { rate: string; left: string } {
  const seen: { ms: number; done: number }[] = [];
  return (done, total) => {
    const now = Date.now();
    seen.push({ ms: now, done });
    while (seen.length > 2 && now - seen[0]!.ms > 10_000) seen.shift();
    const seconds = (now - seen[0]!.ms) / 1000;
    const perSecond = seconds > 0 ? (done - seen[0]!.done) / seconds : 0;
    const left = perSecond > 0 ? formatSeconds((total - done) / perSecond) : "?";
    return { rate: perSecond.toFixed(perSecond < 10 ? 1 : 0), left };
  };
}

/** "42 s", "3 min 5 s", "2 h 10 min". */
export function formatSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
