// Who may call. With a key: whoever shows it, or the session cookie that it bought. Without one we listen on
// loopback only, and what remains to fend off are other web pages in the user's own browser.
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import type { Sessions } from "./sessions.ts";

/** The parts of a request that decide. */
type Asking = { readonly headers: IncomingHttpHeaders; readonly httpVersionMajor: number };

export type Access = {
  /** Is a key needed at all? */
  readonly isKeyed: boolean;
  /** Why this request is refused wherever it goes: it comes from a foreign page or under a foreign name. */
  refusal(request: Asking): AppError | undefined;
  /** Why this request may not use the API: no valid key, no session. */
  keyRefusal(headers: IncomingHttpHeaders): AppError | undefined;
  /** Does `key` open the door? */
  isKey(key: string): boolean;
  /** Headers that let a foreign page read the answer; it needs the key to get one. */
  corsHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>>;
};

/** Cookie that holds the session id. */
export const SESSION_COOKIE = "semblance_session";

export function createAccess(config: Pick<Config, "host" | "key">, sessions: Sessions): Access {
  const keyHash = config.key === undefined ? undefined : hash(config.key);
  const isKey = (key: string) => keyHash !== undefined && timingSafeEqual(hash(key), keyHash);
  return {
    isKeyed: keyHash !== undefined,
    isKey,
    refusal: (request) => refuse(request, config.host, keyHash !== undefined, isKey),
    keyRefusal(headers) {
      if (keyHash === undefined || isKey(givenKey(headers))) return undefined;
      if (sessions.has(readCookie(headers, SESSION_COOKIE))) return undefined;
      return badKey();
    },
    corsHeaders: (headers) => (keyHash !== undefined ? toCorsHeaders(headers) : {}),
  };
}

// Clarifai's clients compare this very sentence.
function badKey(): AppError {
  return new AppError("unauthenticated", "Invalid API key or Invalid API key/application pair");
}

/** The value of one cookie, "" if it is not there. */
export function readCookie(headers: IncomingHttpHeaders, name: string): string {
  const pairs = (headers.cookie ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

function refuse(
  { headers, httpVersionMajor }: Asking,
  host: string,
  isKeyed: boolean,
  isKey: (key: string) => boolean,
): AppError | undefined {
  // No browser speaks HTTP/2 without TLS, and over TLS we choose HTTP/1.1 where it is offered, so only HTTP/1.1 can
  // be a page that rebound its DNS name.
  if (!isKeyed && httpVersionMajor < 2 && !isOwnName(headers.host ?? "", host)) {
    return new AppError(
      "forbidden",
      `Expected localhost or ${host} for the Host header but received ${JSON.stringify(headers.host ?? "")}. ` +
        "To reach Semblance under another name, give it a key (SEMBLANCE_KEY).",
    );
  }
  if (!isForeign(headers) || isKey(givenKey(headers))) return undefined;
  // Not left to keyRefusal: a cookie must not speak for a foreign page.
  if (isKeyed && givenKey(headers) !== "") return badKey();
  return new AppError(
    "forbidden",
    `Expected a request from Semblance's own page but received one from ${headers.origin}. ` +
      "Pages of other origins need a key (SEMBLANCE_KEY) and must send it as Authorization: Key <key>.",
  );
}

// The name must be one that cannot be pointed at us from outside.
function isOwnName(hostHeader: string, configured: string): boolean {
  const name = /^(\[[0-9a-f:.]+\]|[^:@/?#\\[\]]+)(:\d+)?$/i.exec(hostHeader)?.[1]?.toLowerCase();
  if (name === undefined) return false;
  const bare = name.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (bare === configured.toLowerCase() || bare === "::1" || bare === "localhost") return true;
  return bare.endsWith(".localhost") || /^127(\.\d{1,3}){3}$/.test(bare);
}

function isForeign(headers: IncomingHttpHeaders): boolean {
  if (headers.origin === undefined) return false;
  const own = headers.host ?? String(headers[":authority"] ?? "");
  return !URL.canParse(headers.origin) || new URL(headers.origin).host !== own.toLowerCase();
}

function givenKey(headers: IncomingHttpHeaders): string {
  const inAuthorization = /^(?:Key|Bearer)\s+(.+)$/i.exec(headers.authorization ?? "")?.[1]?.trim();
  return inAuthorization ?? String(headers["x-clarifai-session-token"] ?? "").trim();
}

// No credentials: a cookie must not speak for a foreign page.
function toCorsHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  if (!isForeign(headers)) return {};
  return {
    "access-control-allow-origin": headers.origin ?? "",
    "access-control-allow-methods": "GET, POST, PATCH, PUT, DELETE",
    "access-control-allow-headers": headers["access-control-request-headers"] ?? "authorization",
    "access-control-expose-headers": "grpc-status, grpc-message",
    "access-control-max-age": "600",
    vary: "origin",
  };
}

// Equal lengths for timingSafeEqual, whatever was given.
function hash(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
