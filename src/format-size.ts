// Sizes for people.

/** "640 kB", "94 MB", "1.5 GB": decimal, as downloads and disks are sold. */
export function formatSize(sizeBytes: number): string {
  if (sizeBytes < 1e6) return `${Math.ceil(sizeBytes / 1e3)} kB`;
  if (sizeBytes < 1e9) return `${Math.round(sizeBytes / 1e6)} MB`;
  return `${(sizeBytes / 1e9).toFixed(1)} GB`;
}
