// What floats beside a tile: the facts about the image, or its near-duplicates.
import { Popover } from "@mantine/core";
import type { Hit } from "../../../src/client/search.ts";
import { messages } from "../messages.ts";
import type { Query } from "../query.ts";
import { InputFacts } from "../viewer/input-facts.tsx";
import { CopiesList } from "./copies-list.tsx";
import { Reasons } from "./reasons.tsx";
import { type Rows, toPlace } from "./rows.ts";
import classes from "./tile-panel.module.css";

type TilePanelProps = {
  readonly kind: "info" | "copies";
  readonly index: number;
  readonly hit: Hit | undefined;
  readonly query: Query;
  readonly isScored: boolean;
  readonly rows: Rows;
  readonly shiftPx: number;
  readonly onClose: () => void;
};

export function TilePanel(props: TilePanelProps) {
  const { kind, index, hit, query, isScored, rows, shiftPx, onClose } = props;
  if (!hit || index >= rows.total) return null;
  const { top, ...place } = toPlace(rows, index);
  return (
    <Popover
      opened
      onChange={(isOpen) => !isOpen && onClose()}
      position="right-start"
      width={320}
      shadow="md"
      trapFocus
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <div className={classes.anchor} style={{ ...place, top: top - shiftPx }} />
      </Popover.Target>
      <Popover.Dropdown
        data-testid={kind}
        aria-label={kind === "info" ? messages.tile.info : messages.tile.copies(hit.copies)}
      >
        {kind === "info" && isScored && <Reasons hit={hit} query={query} />}
        {kind === "info" && <InputFacts input={hit.input} />}
        {kind === "copies" && <CopiesList hit={hit} query={query} />}
      </Popover.Dropdown>
    </Popover>
  );
}
