// Bytes as they go out -> bytes per second over the last seconds.

const WINDOW_MS = 5000;

export function createRate() {
  const samples: { readonly atMs: number; readonly bytes: number }[] = [];
  return {
    add(atMs: number, bytes: number): void {
      samples.push({ atMs, bytes });
    },
    /** 0 while less than half a second is known. */
    perSecond(nowMs: number): number {
      while (samples[0] && samples[0].atMs < nowMs - WINDOW_MS) samples.shift();
      const spanMs = nowMs - (samples[0]?.atMs ?? nowMs);
      if (spanMs < 500) return 0;
      return (samples.reduce((sum, { bytes }) => sum + bytes, 0) / spanMs) * 1000;
    },
  };
}
