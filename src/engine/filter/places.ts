// The inputs that pass the filters of a search -> points for a map, or counts where there are too many.
import { type Kysely, sql } from "kysely";
import type { App } from "../engine.ts";
import type { Place } from "../place.ts";
import type { Filter } from "../query.ts";
import type { Schema } from "../schema.ts";
import { isIn } from "../sqlite.ts";
import { passing } from "./filter-sql.ts";

/** Points up to here are single inputs. */
const POINTS_MAX = 5000;
/** Squares along each side of the area that holds all points: fewer in all than there may be points. */
const GRID = 70;

/** One input, or several near to each other: the middle of them. */
type PlacedInputs = Place & {
  readonly count: number;
  /** The newest of them. */
  readonly inputId: string;
};

export type Places = { readonly places: readonly PlacedInputs[]; readonly total: number };

type Point = Place & { readonly row: number };
type Cell = { latitude: number; longitude: number; count: number; readonly row: number };

/** Places that annotations have of their own are left out. Newest first. */
export async function findPlaces(
  db: Kysely<Schema>,
  app: App,
  filters: readonly Filter[],
): Promise<Places> {
  const points = await readPoints(db, app, filters);
  const cells = points.length <= POINTS_MAX ? points.map(toCell) : toGrid(points);
  const ids = await readIds(
    db,
    cells.map(({ row }) => row),
  );
  const places = cells.flatMap(({ row, latitude, longitude, count }) => {
    const inputId = ids.get(row);
    if (inputId === undefined) return [];
    return [{ latitude: latitude / count, longitude: longitude / count, count, inputId }];
  });
  return { places, total: points.length };
}

async function readPoints(
  db: Kysely<Schema>,
  app: App,
  filters: readonly Filter[],
): Promise<readonly Point[]> {
  const { rows } = await sql<Readonly<Record<"rows" | "latitudes" | "longitudes", string>>>`
    SELECT json_group_array(row) AS rows, json_group_array(latitude) AS latitudes,
      json_group_array(longitude) AS longitudes
    FROM (SELECT row, latitude, longitude FROM inputs
          WHERE latitude IS NOT NULL AND ${passing(app, filters, "inputs", false)}
          ORDER BY row DESC)`.execute(db);
  const [found] = rows;
  const [keys, latitudes, longitudes] = [found?.rows, found?.latitudes, found?.longitudes].map(
    (json = "[]") => JSON.parse(json) as number[],
  );
  return (keys ?? []).map((row, i) => {
    return { row, latitude: latitudes?.[i] ?? 0, longitude: longitudes?.[i] ?? 0 };
  });
}

async function readIds(
  db: Kysely<Schema>,
  rows: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const found = await db
    .selectFrom("inputs")
    .select(["row", "id"])
    .where(isIn("row", rows))
    .execute();
  return new Map(found.map(({ row, id }) => [row, id]));
}

// Sums until they are divided by the count. The first input of a square stands for it.
function toGrid(points: readonly Point[]): readonly Cell[] {
  const column = toStep(points.map(({ longitude }) => longitude));
  const line = toStep(points.map(({ latitude }) => latitude));
  const cells = new Map<number, Cell>();
  for (const point of points) {
    const key = line(point.latitude) * GRID + column(point.longitude);
    const cell = cells.get(key);
    if (cell === undefined) {
      cells.set(key, toCell(point));
      continue;
    }
    cell.latitude += point.latitude;
    cell.longitude += point.longitude;
    cell.count++;
  }
  return [...cells.values()];
}

function toCell(point: Point): Cell {
  return { ...point, count: 1 };
}

/** Number of the square that a value is in, along one side. */
function toStep(values: readonly number[]): (value: number) => number {
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  const size = (most - least) / GRID || 1;
  return (value) => Math.min(GRID - 1, Math.floor((value - least) / size));
}
