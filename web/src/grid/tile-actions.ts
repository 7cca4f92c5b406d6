/** What can be done to a tile, by its place in the results. */
export type TileActions = {
  readonly open: (index: number) => void;
  readonly select: (index: number, isRange: boolean) => void;
  readonly similar: (index: number) => void;
  readonly label: (index: number) => void;
  readonly info: (index: number) => void;
  readonly copies: (index: number) => void;
  readonly remove: (index: number) => void;
  readonly undoRemove: (index: number) => void;
  readonly focus: (index: number) => void;
};
