// One request to the hub, through its redirects to where the bytes are. The token goes to the hub alone, and what
// the hub says about a file counts only from itself.
import { type Dispatcher, request } from "undici";
import type { Hub } from "./hub.ts";
import { hubError, networkError } from "./hub-failure.ts";

const REDIRECTS_MAX = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** What the hub says about a file, beside its bytes. */
export type HubFacts = {
  /** Of a file in large storage. */
  readonly sha256: string | undefined;
  /** Of a file that git keeps itself. */
  readonly gitBlob: string | undefined;
  readonly sizeBytes: number | undefined;
  readonly commit: string | undefined;
};

export const NOTHING_SAID: HubFacts = {
  sha256: undefined,
  gitBlob: undefined,
  sizeBytes: undefined,
  commit: undefined,
};

/** The last answer; whoever gets it reads or destroys the body. */
export type HubAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Dispatcher.ResponseData["body"];
  readonly facts: HubFacts;
};

type Asked = {
  readonly method?: "GET" | "HEAD";
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
};

/** @throws AppError "url_unreachable" for what is no answer; the signal's reason */
export async function askHub(hub: Hub, start: URL, asked: Asked): Promise<HubAnswer> {
  let url = start;
  let facts = NOTHING_SAID;
  for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
    const answer = await ask(hub, url, start, asked);
    facts = url.origin === start.origin ? toFacts(answer.headers, facts) : facts;
    const { statusCode: status, headers, body } = answer;
    if (!REDIRECTS.has(status)) return { status, headers, body, facts };
    await body.dump({ limit: 65_536 });
    url = follow(start, url, headers.location);
  }
  throw hubError(start, `it redirected more than ${REDIRECTS_MAX} times`, "");
}

async function ask(
  hub: Hub,
  url: URL,
  start: URL,
  { method = "GET", headers = {}, signal }: Asked,
): Promise<Dispatcher.ResponseData> {
  const isHub = url.origin === hub.endpoint.origin;
  try {
    const answer = await request(url, {
      method,
      dispatcher: hub.dispatcher,
      signal: signal ?? null,
      headers: {
        "accept-encoding": "identity",
        "user-agent": "Semblance",
        ...headers,
        ...(isHub && hub.token !== undefined && { authorization: `Bearer ${hub.token}` }),
      },
    });
    answer.body.on("error", () => {}); // of a body that is thrown away; a reader sees it all the same
    return answer;
  } catch (cause) {
    signal?.throwIfAborted();
    throw networkError(start, cause);
  }
}

function follow(start: URL, from: URL, location: string | string[] | undefined): URL {
  if (typeof location !== "string" || !URL.canParse(location, from.href)) {
    throw hubError(start, "it redirected to nowhere", "");
  }
  const url = new URL(location, from);
  const isSafe =
    url.protocol === "https:" || (url.protocol === "http:" && from.protocol === "http:");
  if (isSafe && url.username === "" && url.password === "") return url;
  throw hubError(
    start,
    `it redirected to an address that is not https (${url.protocol}) or carries a user name`,
    "",
  );
}

// x-linked-*: of files in large storage, whose own ETag is the storage's. Git's blob id is told from a foreign ETag
// by the commit that only the hub sends.
function toFacts(headers: HubAnswer["headers"], earlier: HubFacts): HubFacts {
  const linked = bare(headers["x-linked-etag"]);
  const own = bare(headers.etag);
  const commit = match(headers["x-repo-commit"], /^[0-9a-f]{40}$/);
  const size = match(headers["x-linked-size"], /^\d{1,15}$/);
  return {
    sha256: match(linked ?? own, /^[0-9a-f]{64}$/) ?? earlier.sha256,
    gitBlob: commit ? match(linked ?? own, /^[0-9a-f]{40}$/) : earlier.gitBlob,
    sizeBytes: size === undefined ? earlier.sizeBytes : Number(size),
    commit: commit ?? earlier.commit,
  };
}

function bare(etag: string | string[] | undefined): string | undefined {
  return typeof etag === "string" ? etag.replace(/^W\//, "").replace(/^"|"$/g, "") : undefined;
}

function match(value: string | string[] | undefined, pattern: RegExp): string | undefined {
  return typeof value === "string" && pattern.test(value) ? value : undefined;
}
