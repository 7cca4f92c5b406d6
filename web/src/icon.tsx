// The icons of the Portal: one stroke style on a 24 x 24 grid. Always beside or inside a named control.

const PATHS = {
  images: "M3 8.5h13V20H3zM7 5.5V4h14v12h-2M3 17l4-4 3.5 3.5 2-2L16 18",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l4.5 4.5",
  select: "M6 4h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z",
  selected:
    "M6 4h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM8 12.2l2.8 2.8L16 9.5",
  info: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.6v.1",
  trash: "M4 7h16M10 11v6M14 11v6M6 7l1 13h10l1-13M9 7V4h6v3",
  close: "M6 6l12 12M18 6L6 18",
  upload: "M12 16V4M7 9l5-5 5 5M4 16v4h16v-4",
  sidebar: "M4 5h16v14H4zM9.5 5v14",
  scores: "M6 18V12M12 18V6M18 18v-4",
  tile: "M5 5h14v14H5z",
  hash: "M5 9h15M4 15h15M10 4L8 20M16 4l-2 16",
  left: "M15 5l-7 7 7 7",
  right: "M9 5l7 7-7 7",
  up: "M5 15l7-7 7 7",
  down: "M5 9l7 7 7-7",
  folder: "M3 6h6l2 2.5h10V19H3z",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  retry: "M20 12a8 8 0 1 1-2.5-5.8M20 3v5h-5",
  alert: "M12 4l9 16H3zM12 10v4.5M12 17.4v.1",
  check: "M5 12.5l4.5 4.5L19 7.5",
  keyboard: "M3 6h18v12H3zM7 10h.1M10.4 10h.1M13.8 10h.1M17 10h.1M8 14h8",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  external: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.5V12l3 2",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, sizePx = 20 }: { readonly name: IconName; readonly sizePx?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={sizePx}
      height={sizePx}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
