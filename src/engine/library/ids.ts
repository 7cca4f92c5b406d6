// Ids that users choose: what one may be, and a new one where none was chosen.
import { randomUUID } from "node:crypto";
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";

/** 32 hexadecimal digits. */
export function newId(): string {
  return randomUUID().replaceAll("-", "");
}

/** The id itself: 1 to 256 characters, no "/" (ids stand in paths) and no control characters.
 *  `of`: what it names, such as "the app". @throws AppError "invalid_request" */
export function checkedId(id: string, of: string): string {
  if (id.length >= 1 && id.length <= LIMITS.idLength && !/[\p{Cc}/]/u.test(id)) return id;
  throw new AppError(
    "invalid_request",
    `Expected 1 to ${LIMITS.idLength} characters without "/" or control characters for the id of ${of} ` +
      `but received ${JSON.stringify(id.slice(0, LIMITS.idLength + 44))}.`,
  );
}

/** The error of a second thing with the same id. */
export function idExists(id: string, of: string): AppError {
  return new AppError(
    "id_exists",
    `Expected a new id for ${of} but received ${id}, which exists.`,
    {
      details: { id },
    },
  );
}

/** The error of an id that names nothing. */
export function noSuchId(id: string, what: string): AppError {
  return new AppError("not_found", `Expected ${what} that exists but received id ${id}.`, {
    details: { id },
  });
}
