// A row of the inputs table -> the engine's Input, and the conditions that lists share.
import type { Selectable, SelectQueryBuilder } from "kysely";
import { ERRORS, type ErrorCode } from "../errors.ts";
import type { Input, InputStatus } from "./engine.ts";
import type { Schema } from "./schema.ts";
import { isIn } from "./sqlite.ts";

/** Which inputs; undefined: any. */
export type InputFilter = {
  readonly statuses?: readonly InputStatus[] | undefined;
  readonly ids?: readonly string[] | undefined;
};

type InputQuery = SelectQueryBuilder<Schema, "inputs", Selectable<Schema["inputs"]>>;

/** Adds the conditions of `filter` to a query of inputs. */
export function matching(query: InputQuery, { statuses, ids }: InputFilter): InputQuery {
  let restricted = query;
  if (statuses) restricted = restricted.where("status", "in", [...statuses]);
  if (ids) restricted = restricted.where(isIn("id", ids));
  return restricted;
}

export function toInput(row: Selectable<Schema["inputs"]>): Input {
  return {
    row: row.row,
    id: row.id,
    status: row.status as InputStatus,
    failure: row.failure === null ? null : { code: toCode(row.failure_code), message: row.failure },
    name: row.name,
    path: row.path,
    sha256: row.sha256,
    sizeBytes: row.size_bytes,
    widthPx: row.width_px,
    heightPx: row.height_px,
    format: row.format,
    metadata: JSON.parse(row.metadata),
    place:
      row.latitude === null || row.longitude === null
        ? null
        : { latitude: row.latitude, longitude: row.longitude },
    url: row.url,
    takenAt: row.taken_ms === null ? null : new Date(row.taken_ms),
    exif: row.exif === null ? {} : JSON.parse(row.exif),
    blur: row.blur,
    createdAt: new Date(row.created_ms),
    modifiedAt: new Date(Math.max(row.modified_ms, row.patched_ms)),
  };
}

function toCode(code: string | null): ErrorCode {
  return code !== null && code in ERRORS ? (code as ErrorCode) : "internal";
}
