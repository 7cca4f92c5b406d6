// Why the hub did not give a file: one sentence that names the URL and the way out, and whether another try may help.
import { AppError, type ErrorCode } from "../../errors.ts";

/** Facts in `details` of these errors. */
type Details = { readonly isTransient: boolean; readonly retryAfterMs?: number };

/** `reason`: the end of the sentence; `wayOut`: the next one. */
export function hubError(
  url: URL,
  reason: string,
  wayOut: string,
  details: Details = { isTransient: false },
  code: ErrorCode = "url_unreachable",
): AppError {
  const message = `Expected the model file at ${shown(url)} but ${reason}. ${wayOut}`;
  return new AppError(code, message.trim(), { details });
}

/** Whether to try again, and after how long if the server said so. */
export function toDetails(thrown: unknown): Details {
  return thrown instanceof AppError && "isTransient" in thrown.details
    ? (thrown.details as Details)
    : { isTransient: false };
}

/** Of an answer that is no file. */
export function statusError(
  url: URL,
  status: number,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): AppError {
  switch (status) {
    case 401:
      return hubError(url, "the hub wants to know who asks (HTTP status 401)", ASK_TOKEN);
    case 403:
      return hubError(url, "the hub refuses it to you (HTTP status 403)", ASK_TERMS);
    case 404:
      return hubError(url, "the hub has no such file (HTTP status 404)", ASK_MIRROR);
    case 429:
      return tooMany(url, headers["retry-after"]);
    default:
      return hubError(url, `its server answered with HTTP status ${status}`, LATER, {
        isTransient: status === 408 || status >= 500,
      });
  }
}

/** Of whatever a connection threw. */
export function networkError(url: URL, cause: unknown): AppError {
  // Several addresses were tried in vain: the first one's error tells.
  const error = cause instanceof AggregateError ? cause.errors[0] : cause;
  const { code = "", message = "" } = error as NodeJS.ErrnoException;
  const reason = REASONS[code] ?? `the connection failed: ${firstLine(message)}`;
  const isTransient = !PERMANENT.test(code);
  const failure = hubError(url, reason, OFFLINE, { isTransient });
  return new AppError(failure.code, failure.message, { cause, details: { isTransient } });
}

// Without what signs an address of a content network.
function shown({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

const ASK_TOKEN = "Check the name of the repository, or set HF_TOKEN to a token that may read it.";
const ASK_TERMS =
  "Accept the model's terms on its page with the account of HF_TOKEN, or look whether a proxy forbids it.";
const ASK_MIRROR =
  "If HF_ENDPOINT is set, its mirror may lack this model; else a newer Semblance may know where it went.";
const LATER = "Try again later: what is there already stays.";
const OFFLINE =
  "Check the network, HTTPS_PROXY and HF_ENDPOINT, or copy the model from a folder: semblance models pull ID --from FOLDER.";

const PERMANENT =
  /^(?:ENOTFOUND|CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|UND_ERR_INVALID|UND_ERR_ABORTED)/;

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: "its host name was not found",
  EAI_AGAIN: "its host name could not be looked up",
  ECONNREFUSED: "its server, or the proxy, refused the connection",
  ECONNRESET: "its server broke off",
  EPIPE: "its server broke off",
  ETIMEDOUT: "its server did not answer",
  UND_ERR_SOCKET: "its server broke off",
  UND_ERR_CONNECT_TIMEOUT: "its server did not answer",
  UND_ERR_HEADERS_TIMEOUT: "its server did not answer",
  UND_ERR_BODY_TIMEOUT: "its server fell silent",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "its server broke off",
};

function tooMany(url: URL, header: string | string[] | undefined): AppError {
  const text = String(header ?? "");
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  const retryAfterMs = ms > 0 ? ms : undefined;
  const wayOut = retryAfterMs
    ? `Try again in ${Math.ceil(retryAfterMs / 1000)} s: what is there already stays.`
    : LATER;
  const details = { isTransient: true, ...(retryAfterMs && { retryAfterMs }) };
  return hubError(url, "the hub has had too many requests (HTTP status 429)", wayOut, details);
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0]?.replace(/\.$/, "") ?? "";
}
