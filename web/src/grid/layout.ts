// Width and wanted tile size -> columns and real tile size, so that rows fill the width exactly.

export const GAP_PX = 4;
export const TILE_SIZES = { least: 120, usual: 176, most: 320 } as const;

const PHONE_PX = 480;
const PHONE_COLUMNS = 3;

export type Layout = {
  readonly columns: number;
  readonly tilePx: number;
  /** A tile and the gap below it. */
  readonly rowPx: number;
};

export function toLayout(widthPx: number, wantedPx: number): Layout {
  const columns =
    widthPx < PHONE_PX
      ? PHONE_COLUMNS
      : Math.max(1, Math.round((widthPx + GAP_PX) / (wantedPx + GAP_PX)));
  const tilePx = Math.max(1, (widthPx - GAP_PX * (columns - 1)) / columns);
  return { columns, tilePx, rowPx: tilePx + GAP_PX };
}

/** Where the tile with this index stands, for absolute positioning. */
export function toPlace(index: number, { columns, tilePx, rowPx }: Layout) {
  return {
    left: (index % columns) * rowPx,
    top: Math.floor(index / columns) * rowPx,
    width: tilePx,
    height: tilePx,
  };
}
