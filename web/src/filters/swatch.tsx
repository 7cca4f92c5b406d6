// A dot in one of the twelve colours that pictures are filtered by. Decoration: its name stands beside it.
import type { Colour } from "../../../src/client/search.ts";
import classes from "./swatch.module.css";

export function Swatch({ colour }: { readonly colour: Colour }) {
  return <span className={classes.swatch} data-colour={colour} />;
}
