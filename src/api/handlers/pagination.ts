// page and per_page of a request -> offset and limit, with Clarifai's defaults and limits.
import { AppError, type ErrorCode } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";

export type Window = { readonly offset: number; readonly limit: number };

/** Pages count from 1; 0 means not given. @throws AppError `code` if a limit is passed. */
export function toWindow(
  pagination: { readonly page: number; readonly perPage: number } | undefined,
  code: ErrorCode = "invalid_request",
): Window {
  const page = pagination?.page || 1;
  const limit = pagination?.perPage || LIMITS.pageSize;
  if (limit > LIMITS.pageSizeMax) {
    throw new AppError(
      code,
      `Expected at most ${LIMITS.pageSizeMax} for per_page but received ${limit}.`,
    );
  }
  if (page * limit > LIMITS.windowMax) {
    // Clarifai's SDKs look for these words in status.details to know that they are at the end.
    const reason = `page * perPage cannot exceed ${LIMITS.windowMax}`;
    throw new AppError(code, `Expected a nearer page but received page ${page}: ${reason}.`, {
      details: { reason },
    });
  }
  return { offset: (page - 1) * limit, limit };
}
