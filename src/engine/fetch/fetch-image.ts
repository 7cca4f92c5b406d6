// The URL of an image -> its bytes, under the rules for URLs: http or https, a public address (looked at after
// DNS, and again after every redirect) or a host that was allowed by name, and limits of size and time.
// Mirrored hosts are read from their folders.
import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";
import type { AllowedHost, UrlMirror } from "../../url-settings.ts";
import { FetchFailure, shown, toFetchError, tooLarge, unreachable } from "./fetch-failure.ts";
import { FetchLimit } from "./fetch-limit.ts";
import { get, readBody } from "./http-get.ts";
import { isPublicAddress } from "./public-address.ts";
import { mirrorOf, readMirrored } from "./url-mirror.ts";

const REDIRECTS_MAX = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** @throws AppError "url_invalid", "url_unreachable" (details.isTransient: another try may help),
 *  "image_too_large", "cancelled" */
export type FetchImage = (url: string, signal?: AbortSignal) => Promise<Uint8Array>;

type Rules = {
  readonly urlAllow: readonly AllowedHost[];
  readonly urlMirror: readonly UrlMirror[];
};

const NETWORK = {
  /** All addresses of a host name. */
  lookupAll: (hostname: string): Promise<readonly LookupAddress[]> =>
    lookup(hostname, { all: true }),
  /** For all of a fetch. */
  totalMs: 30_000,
  /** Without any byte. */
  idleMs: 10_000,
};

type Terms = Rules & typeof NETWORK;

type Hop = { readonly bytes: Uint8Array } | { readonly redirect: URL };

/** `network`: takes the place of the system's DNS and of our limits. */
export function createFetchImage(rules: Rules, network: Partial<typeof NETWORK> = {}): FetchImage {
  const terms = { ...rules, ...NETWORK, ...network };
  return async (given, signal) => {
    const url = parseImageUrl(given);
    const limit = new FetchLimit(terms.totalMs, signal);
    try {
      return await follow(url, terms, limit);
    } catch (cause) {
      if (signal?.aborted) throw cancelled(given, cause);
      const { reason } = limit.signal; // an aborted request only says that it was aborted
      throw toFetchError(reason instanceof FetchFailure ? reason : cause, given);
    } finally {
      limit.end();
    }
  };
}

/** @throws AppError "url_invalid" for what is no http(s) URL, is too long or carries a password */
export function parseImageUrl(given: string): URL {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !isHttp(url)) {
    throw new AppError(
      "url_invalid",
      `Expected an http or https URL for the image but received ${shown(given)}.`,
    );
  }
  if (given.length > LIMITS.urlLength) {
    throw new AppError(
      "url_invalid",
      `Expected at most ${LIMITS.urlLength} characters for the image URL but received ${given.length}: ${shown(given)}.`,
    );
  }
  if (!hasCredentials(url)) return url;
  throw new AppError(
    "url_invalid",
    `Expected no user name and password in the image URL but received some for ${shown(url.host)}.`,
  );
}

async function follow(start: URL, terms: Terms, limit: FetchLimit): Promise<Uint8Array> {
  let url = start;
  for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
    const hop = await read(url, terms, limit);
    if ("bytes" in hop) return hop.bytes;
    url = hop.redirect;
  }
  throw unreachable(`it redirected more than ${REDIRECTS_MAX} times`);
}

async function read(url: URL, terms: Terms, limit: FetchLimit): Promise<Hop> {
  const mirror = mirrorOf(url, terms.urlMirror);
  if (mirror) return { bytes: await readMirrored(url, mirror) };
  const addresses = await limit.race(addressesOf(url.hostname, terms));
  if (addresses.length === 0) throw unreachable("its host name has no address");
  const isPublic = addresses.every(({ address }) => isPublicAddress(address));
  if (!isPublic && !isAllowed(url, terms.urlAllow)) throw refused("it leads to another one");
  const response = await get(url, addresses, limit.signal, terms.idleMs, () =>
    limit.giveUp(terms.idleMs),
  );
  try {
    const redirect = toRedirect(url, response);
    return redirect ? { redirect } : { bytes: await readImage(response) };
  } finally {
    response.destroy();
  }
}

async function addressesOf(
  hostname: string,
  { lookupAll }: Terms,
): Promise<readonly LookupAddress[]> {
  const literal = hostname.replace(/^\[|\]$/g, "");
  const family = isIP(literal);
  return family === 0 ? lookupAll(hostname) : [{ address: literal, family }];
}

function isAllowed(url: URL, allowed: readonly AllowedHost[]): boolean {
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  return allowed.some(
    (host) => host.hostname === url.hostname && (host.port === undefined || host.port === port),
  );
}

function toRedirect(from: URL, { statusCode = 0, headers }: IncomingMessage): URL | undefined {
  if (!REDIRECTS.has(statusCode)) return undefined;
  const { location } = headers;
  if (location === undefined || !URL.canParse(location, from.href))
    throw unreachable("it redirected to nowhere");
  const url = new URL(location, from);
  if (isHttp(url) && !hasCredentials(url)) return url;
  throw refused("it redirects to another scheme or to a user name and password");
}

async function readImage(response: IncomingMessage): Promise<Uint8Array> {
  const { statusCode = 0, headers } = response;
  if (statusCode < 200 || statusCode > 299) {
    const isTransient = statusCode === 429 || statusCode >= 500;
    throw unreachable(`its server answered with HTTP status ${statusCode}`, isTransient);
  }
  const isTooLarge = Number(headers["content-length"] ?? 0) > LIMITS.imageBytes;
  const bytes = isTooLarge ? undefined : await readBody(response);
  if (bytes === undefined) throw tooLarge();
  if (bytes.length === 0) throw unreachable("its server sent nothing (0 bytes)");
  return bytes;
}

// What lies behind a refused address is nobody's business, so nothing is said of it.
function refused(reason: string): FetchFailure {
  return new FetchFailure(
    "url_invalid",
    "an http or https address on the public internet, or one of a host in SEMBLANCE_URL_ALLOW, behind",
    reason,
  );
}

function cancelled(given: string, cause: unknown): AppError {
  return new AppError("cancelled", `Nobody waits for ${shown(given)} any more.`, { cause });
}

function isHttp({ protocol }: URL): boolean {
  return protocol === "http:" || protocol === "https:";
}

function hasCredentials({ username, password }: URL): boolean {
  return username !== "" || password !== "";
}
