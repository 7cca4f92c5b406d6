// The facts about one image, beside its tile.
import { Popover } from "@mantine/core";
import type { CSSProperties } from "react";
import type { Hit } from "../../../src/client/search.ts";
import { InputFacts } from "../viewer/input-facts.tsx";
import classes from "./info-popover.module.css";

type InfoPopoverProps = {
  readonly hit: Hit;
  readonly isScored: boolean;
  /** The place of the tile in the grid. */
  readonly style: CSSProperties;
  readonly onClose: () => void;
};

export function InfoPopover({ hit, isScored, style, onClose }: InfoPopoverProps) {
  return (
    <Popover
      opened
      onChange={(isOpen) => !isOpen && onClose()}
      position="right-start"
      width={300}
      shadow="md"
      trapFocus
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <div className={classes.anchor} style={style} />
      </Popover.Target>
      <Popover.Dropdown data-testid="info">
        <InputFacts input={hit.input} score={isScored ? hit.score : undefined} />
      </Popover.Dropdown>
    </Popover>
  );
}
