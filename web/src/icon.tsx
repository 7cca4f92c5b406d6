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
  liked:
    "M4 11h4v9H4zM8 11l4-8c2 0 2.5 1.5 2.2 3L13.5 10H19a1.8 1.8 0 0 1 1.7 2.3l-2 6.2A2 2 0 0 1 16.8 20H8",
  disliked:
    "M4 13h4V4H4zM8 13l4 8c2 0 2.5-1.5 2.2-3l-.7-4H19a1.8 1.8 0 0 0 1.7-2.3l-2-6.2A2 2 0 0 0 16.8 4H8",
  retry: "M20 12a8 8 0 1 1-2.5-5.8M20 3v5h-5",
  alert: "M12 4l9 16H3zM12 10v4.5M12 17.4v.1",
  check: "M5 12.5l4.5 4.5L19 7.5",
  keyboard: "M3 6h18v12H3zM7 10h.1M10.4 10h.1M13.8 10h.1M17 10h.1M8 14h8",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  external: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  explore: "M12 3v18M3 12h18M7 7h.1M17 6h.1M6 16h.1M15 15h.1M18 18h.1M8 10h.1",
  bookmark: "M7 4h10v16l-5-4-5 4z",
  model: "M12 3l8 4.5v9L12 21l-8-4.5v-9zM12 12l8-4.5M12 12v9M12 12L4 7.5",
  dataset: "M4 6c0-3 16-3 16 0s-16 3-16 0v12c0 3 16 3 16 0V6M4 12c0 3 16 3 16 0",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4M13 7h4M7 17h4",
  menu: "M4 6.5h16M4 12h16M4 17.5h16",
  command: "M4 5h16v14H4zM7.5 9l3 3-3 3M12.5 15h4",
  chevrons: "M8 9.5l4-4 4 4M8 14.5l4 4 4-4",
  add: "M12 5v14M5 12h14",
  camera: "M3 7.5h4l2-3h6l2 3h4V19H3zM12 9.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z",
  filter: "M4 6h16M7 12h10M10 18h4",
  crop: "M7 2v15h15M2 7h15v15",
  map: "M9 4L3 6.5v13L9 17l6 3 6-2.5v-13L15 7zM9 4v13M15 7v13",
  label: "M4 4h8l8 8-8 8-8-8zM8 8h.1",
  edit: "M4 20h4L19.5 8.5l-4-4L4 16zM13 7l4 4",
  copies: "M8 8h12v12H8zM16 8V4H4v12h4",
  calendar: "M4 6h16v14H4zM4 10.5h16M8 3v5M16 3v5",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  star: "M12 4l2.5 5.2 5.5.8-4 4 1 5.6-5-2.7-5 2.7 1-5.6-4-4 5.5-.8z",
  lasso: "M12 4c5 0 9 2.2 9 5.5S17 15 12 15s-9-2.2-9-5.5S7 4 12 4M7 14c-1 2 1 3 0 6",
  signout: "M10 4H4v16h6M15 8l4 4-4 4M19 12H9",
  key: "M15 4a5 5 0 1 0 0 10 5 5 0 0 0 0-10zM11 12l-7 7v2h3v-2h2v-2h2l1-2",
  help: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M12 16.8v.1",
  more: "M12 4.5a.7.7 0 1 0 0 1.4.7.7 0 0 0 0-1.4zM12 11.3a.7.7 0 1 0 0 1.4.7.7 0 0 0 0-1.4zM12 18.1a.7.7 0 1 0 0 1.4.7.7 0 0 0 0-1.4z",
  relevant: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  sort: "M4 7h10M4 12h7M4 17h4M17 6v12M14 15l3 3 3-3",
  download: "M12 4v11M7 10.5l5 5 5-5M4 19h16",
  boxes: "M4 4h9v9H4zM11 16v4h9v-9h-4",
  fit: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.5V12l3 2",
  swap: "M4 9h15M15 5l4 4-4 4M20 15H5M9 19l-4-4 4-4",
  expand: "M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7",
  pin: "M12 21c-4-5-6.5-8-6.5-11a6.5 6.5 0 0 1 13 0c0 3-2.5 6-6.5 11zM12 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  minus: "M5 12h14",
  undo: "M8 5L4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11H9",
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
