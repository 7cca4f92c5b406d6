// The line behind the last relevant result.
import { messages } from "../messages.ts";
import classes from "./divider.module.css";
import { DIVIDER_PX, type Rows, topOf } from "./rows.ts";

const text = messages.results;

export function Divider({ rows, shiftPx }: { readonly rows: Rows; readonly shiftPx: number }) {
  if (rows.dividerPx === 0) return null;
  const top = topOf(rows, rows.above) - DIVIDER_PX - shiftPx;
  return (
    <li className={classes.divider} style={{ top, height: DIVIDER_PX }} data-testid="divider">
      <span>{rows.breakAt === 0 ? text.noneRelevant : text.lessRelevant}</span>
    </li>
  );
}
