// Why a URL led to no image: one sentence for people, and whether another try may help.
import { AppError, type ErrorCode } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";

const SHOWN_LENGTH = 200;

/** Thrown inside a fetch, which knows the URL that was asked for. `expected` and `reason` are parts of the sentence:
 *  Expected <expected> URL but <reason>. */
export class FetchFailure extends Error {
  readonly code: ErrorCode;
  readonly expected: string;
  readonly isTransient: boolean;

  constructor(code: ErrorCode, expected: string, reason: string, isTransient = false) {
    super(reason);
    this.code = code;
    this.expected = expected;
    this.isTransient = isTransient;
  }
}

export function unreachable(reason: string, isTransient = false): FetchFailure {
  return new FetchFailure("url_unreachable", "an image at", reason, isTransient);
}

export function tooLarge(): FetchFailure {
  const expected = `at most ${LIMITS.imageBytes} bytes for the image at`;
  return new FetchFailure("image_too_large", expected, "there are more");
}

/** Of whatever a fetch threw. */
export function toFetchError(cause: unknown, url: string): AppError {
  const failure = cause instanceof FetchFailure ? cause : fromSystem(cause);
  const { code, expected, message, isTransient } = failure;
  return new AppError(code, `Expected ${expected} ${shown(url)} but ${message}.`, {
    cause,
    details: { isTransient },
  });
}

/** A URL short enough for a sentence. */
export function shown(url: string): string {
  return url.length > SHOWN_LENGTH ? `${url.slice(0, SHOWN_LENGTH)}...` : url;
}

const REASONS: Readonly<Record<string, readonly [reason: string, isTransient: boolean]>> = {
  ENOTFOUND: ["its host name was not found", false],
  ENODATA: ["its host name has no address", false],
  EAI_AGAIN: ["its host name could not be looked up", true],
  ECONNREFUSED: ["its server refused the connection", true],
  ECONNRESET: ["its server broke off", true],
  EPIPE: ["its server broke off", true],
  ETIMEDOUT: ["its server did not answer", true],
  EHOSTUNREACH: ["no network leads to its server", true],
  ENETUNREACH: ["no network leads to its server", true],
};

function fromSystem(cause: unknown): FetchFailure {
  // Several addresses were tried in vain: the first one's error tells.
  const error = cause instanceof AggregateError ? cause.errors[0] : cause;
  const { code = "", message = "" } = error as NodeJS.ErrnoException;
  const known = REASONS[code];
  if (known) return unreachable(...known);
  if (code.startsWith("Z_")) return unreachable("its gzip encoding is damaged");
  if (code.startsWith("HPE_")) return unreachable("its server does not speak HTTP");
  return unreachable(`the connection failed: ${message.split("\n", 1)[0]?.replace(/\.$/, "")}`);
}
