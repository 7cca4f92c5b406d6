// Width and wanted tile size -> columns and real tile size, so that rows fill the width exactly.

export const GAP_PX = 4;
export const TILE_SIZES = { least: 120, usual: 176, most: 320, step: 24 } as const;

const PHONE_PX = 480;

export type Layout = {
  readonly columns: number;
  readonly tilePx: number;
  /** A tile and the gap below it. */
  readonly rowPx: number;
};

export function toLayout(widthPx: number, wantedPx: number): Layout {
  const columns = widthPx < PHONE_PX ? toPhoneColumns(wantedPx) : toColumns(widthPx, wantedPx);
  const tilePx = Math.max(1, (widthPx - GAP_PX * (columns - 1)) / columns);
  return { columns, tilePx, rowPx: tilePx + GAP_PX };
}

function toColumns(widthPx: number, wantedPx: number): number {
  return Math.max(1, Math.round((widthPx + GAP_PX) / (wantedPx + GAP_PX)));
}

// 2 to 4: the size in pixels is one for wide screens.
function toPhoneColumns(wantedPx: number): number {
  if (wantedPx <= (TILE_SIZES.least + TILE_SIZES.usual) / 2) return 4;
  return wantedPx < (TILE_SIZES.usual + TILE_SIZES.most) / 2 ? 3 : 2;
}
