// What is known of a picture itself (when, how large, which colours, which file) -> SQL conditions on rows of `inputs`.
import { type RawBuilder, sql } from "kysely";
import { COLOURS, type Colour, type PictureShape } from "../../picture-words.ts";
import type { Condition } from "../query.ts";
import { isIn } from "../sqlite.ts";
import { fold } from "./fold.ts";

type Fact = RawBuilder<unknown>;

const LONGER = sql<number>`max(width_px, height_px)`;
const SHORTER = sql<number>`min(width_px, height_px)`;
const IS_SQUARE: Fact = sql`20 * (${LONGER} - ${SHORTER}) < ${LONGER}`;

const SHAPES: Readonly<Record<PictureShape, Fact>> = {
  landscape: sql`(width_px > height_px AND NOT (${IS_SQUARE}))`,
  portrait: sql`(width_px < height_px AND NOT (${IS_SQUARE}))`,
  square: sql`(width_px > 0 AND ${IS_SQUARE})`,
  panorama: sql`(${SHORTER} > 0 AND ${LONGER} >= 2 * ${SHORTER})`,
};

/** That a picture has this shape. */
export function shapeFact(shape: PictureShape): Fact {
  return SHAPES[shape];
}

/** Undefined for conditions about something else. */
export function pictureFact(condition: Condition): Fact | undefined {
  switch (condition.kind) {
    case "format":
      return isIn("format", condition.formats);
    case "date":
      return isWithin(
        condition.of === "taken" ? sql`taken_ms` : sql`created_ms`,
        condition.from?.getTime(),
        condition.to && condition.to.getTime() - 1,
      );
    case "shape":
      return anyOf(condition.shapes.map(shapeFact));
    case "pixels":
      return sql`width_px > 0 AND ${isWithin(sql`width_px * height_px`, condition.least, condition.most)}`;
    case "colour":
      return sql`colours & ${toBits(condition.colours)} != 0`;
    case "name":
      return isNamed(condition.contains);
    default:
      return undefined;
  }
}

// Bits of `inputs.colours`.
function toBits(colours: readonly Colour[]): number {
  return colours.reduce((bits, colour) => bits | (1 << COLOURS.indexOf(colour)), 0);
}

// Both ends inclusive.
function isWithin(value: Fact, least: number | undefined, most: number | undefined): Fact {
  const facts = [sql`${value} IS NOT NULL`];
  if (least !== undefined) facts.push(sql`${value} >= ${least}`);
  if (most !== undefined) facts.push(sql`${value} <= ${most}`);
  return sql.join(facts, sql` AND `);
}

function anyOf(facts: readonly Fact[]): Fact {
  return facts.length === 0 ? sql`0` : sql`(${sql.join(facts, sql` OR `)})`;
}

// SQLite's lower() knows ASCII only, and is ten times faster than a call of ours: most names need no more.
function isNamed(text: string): Fact {
  const isAscii = sql`length(name) = length(CAST(name AS BLOB))`;
  return sql`instr(CASE WHEN ${isAscii} THEN lower(name) ELSE fold(name) END, ${fold(text)}) > 0`;
}
