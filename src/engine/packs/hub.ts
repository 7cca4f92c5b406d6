// How to reach the hub: the settings that Hugging Face's own tools read too. Proxies by undici, because the fetch
// of Node 20 knows none.
import { EnvHttpProxyAgent } from "undici";
import { AppError } from "../../errors.ts";

const ENDPOINT = "https://huggingface.co";
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Time limits and patience of downloads. */
export const HUB_TIMES = {
  /** Until a connection stands. */
  connectMs: 15_000,
  /** Without any byte. */
  idleMs: 30_000,
  /** Before the first repetition; doubled for each further one. */
  retryMs: 1000,
  /** Tries in a row that bring nothing. */
  triesMax: 5,
  /** The longest wait that a server may ask for. */
  retryAfterMaxMs: 60_000,
};

export type Env = Readonly<Record<string, string | undefined>>;

/** Holds connections: to be closed. */
export type Hub = {
  /** Such as https://huggingface.co, or a mirror. */
  readonly endpoint: URL;
  /** For requests to the endpoint's own origin only. */
  readonly token: string | undefined;
  readonly times: typeof HUB_TIMES;
  readonly dispatcher: EnvHttpProxyAgent;
  close(): Promise<void>;
};

/** HF_ENDPOINT, HF_TOKEN, HTTPS_PROXY, HTTP_PROXY and NO_PROXY. @throws AppError "invalid_request" */
export function openHub(env: Env, times: Partial<typeof HUB_TIMES> = {}): Hub {
  const all = { ...HUB_TIMES, ...times };
  const endpoint = parseEndpoint(env.HF_ENDPOINT || ENDPOINT);
  const timeout = all.connectMs;
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: proxyOf(env, "http_proxy"),
    httpsProxy: proxyOf(env, "https_proxy"),
    noProxy: env.no_proxy ?? env.NO_PROXY ?? "",
    connect: { timeout },
    proxyTls: { timeout },
    requestTls: { timeout },
    headersTimeout: all.idleMs,
    bodyTimeout: all.idleMs,
  });
  return {
    endpoint,
    token: tokenFor(endpoint, env.HF_TOKEN),
    times: all,
    dispatcher,
    close: () => dispatcher.destroy(),
  };
}

/** Whether downloads are forbidden: SEMBLANCE_OFFLINE or HF_HUB_OFFLINE. */
export function isOffline(env: Env): boolean {
  const values = [env.SEMBLANCE_OFFLINE, env.HF_HUB_OFFLINE];
  return values.some((value) => /^(?:1|true|yes|on)$/i.test(value?.trim() ?? ""));
}

/** {endpoint}/{repo}/resolve/{revision}/{path} */
export function resolveUrl({ endpoint }: Hub, repo: string, revision: string, path: string): URL {
  const segments = [...repo.split("/"), "resolve", revision, ...path.split("/")];
  const base = endpoint.href.replace(/\/+$/, "");
  return new URL(`${base}/${segments.map(encodeURIComponent).join("/")}`);
}

function parseEndpoint(given: string): URL {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isUsable = url && /^https?:$/.test(url.protocol) && !url.username && !url.search;
  if (isUsable) return url;
  throw new AppError(
    "invalid_request",
    `Expected an http or https URL without user name and query for HF_ENDPOINT but received ${JSON.stringify(given)}. ` +
      `Leave it out for ${ENDPOINT}.`,
  );
}

// A key that crosses a network in the clear is everybody's.
function tokenFor(endpoint: URL, token: string | undefined): string | undefined {
  const isSafe = endpoint.protocol === "https:" || LOOPBACK.test(endpoint.hostname);
  return isSafe ? token?.trim() || undefined : undefined;
}

// "proxy.lan:3128" is common, and means http. "" is "none" for undici; undefined would be the process's own.
function proxyOf(env: Env, name: "http_proxy" | "https_proxy"): string {
  const given = (env[name] ?? env[name.toUpperCase()] ?? "").trim();
  const url = given === "" || /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`;
  if (url === "" || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) return url;
  throw new AppError(
    "invalid_request",
    `Expected the URL of an HTTP proxy, such as http://proxy.lan:3128, for ${name.toUpperCase()} but received another one. ` +
      "Unset it, or list the hub in NO_PROXY.",
  );
}
