// Typed calls to a Semblance server over fetch: browsers, Node, no dependencies.
//   const client = createClient({ baseUrl: "http://127.0.0.1:8484", key: "..." });
//   const { hits } = await client.search({ ranks: [{ kind: "text", text: "two dogs on a beach" }] });
import { ClientError } from "./client-error.ts";
import {
  type Input,
  type InputStatus,
  type Prediction,
  toInput,
  toPredictions,
  toUploadedInputs,
  type UploadedInput,
} from "./input.ts";
import { type Rank, toWireRank } from "./rank.ts";
import type {
  WireAnnotationsReply,
  WireConcept,
  WireCountsReply,
  WireInput,
  WireSearchReply,
  WireStatus,
  WireUploadReply,
} from "./wire.ts";

const STATUS_CODES = {
  processed: 30000,
  pending: 30001,
  failed: 30002,
  duplicate: 30100,
} as const satisfies Record<InputStatus, number>;
const DELETES_PER_REQUEST = 128;

export type ClientOptions = {
  /** Where the server is, without a trailing slash. Default: the page's own origin. */
  readonly baseUrl?: string;
  /** Access key. A browser that signed in needs none. */
  readonly key?: string;
};

/** A search. Without ranks: newest first. */
export type SearchRequest = {
  readonly ranks?: readonly Rank[];
  readonly status?: InputStatus;
  /** Hits below this score (0..1) are left out. Default 0. */
  readonly minScore?: number;
  /** From 0. */
  readonly page?: number;
  /** 1..1000. Default 100. */
  readonly perPage?: number;
};

/** `score` 0..1, greater is nearer. */
export type Hit = { readonly input: Input; readonly score: number };

/** One page of hits; `total` counts every match. */
export type SearchPage = { readonly hits: readonly Hit[]; readonly total: number };

export type Counts = {
  readonly processed: number;
  readonly pending: number;
  readonly failed: number;
};

export type Concept = { readonly id: string; readonly name: string };

export type Session = { readonly isSignedIn: boolean; readonly isRequired: boolean };

type CallOptions = { readonly signal?: AbortSignal; readonly keepalive?: boolean };

export type Client = ReturnType<typeof createClient>;

/** Every function throws a ClientError if the call fails. */
export function createClient({ baseUrl = "", key }: ClientOptions = {}) {
  const connection: Connection = {
    baseUrl,
    headers: key === undefined ? {} : { authorization: `Key ${key}` },
  };
  const url = (path: string) => baseUrl + path;

  return {
    async search(request: SearchRequest, options?: CallOptions): Promise<SearchPage> {
      const body = toSearchBody(request);
      const path = "/v2/inputs/searches";
      const reply = await call<WireSearchReply>(connection, "POST", path, body, options);
      const hits = (reply.hits ?? []).map(({ input, score = 0 }) => ({
        input: toInput(input, baseUrl),
        score,
      }));
      return { hits, total: Number(reply.hit_counts?.[0]?.estimated_total ?? hits.length) };
    },

    async input(id: string, options?: CallOptions): Promise<Input> {
      const path = `/v2/inputs/${encodeURIComponent(id)}`;
      const reply = await call<{ input: WireInput }>(connection, "GET", path, undefined, options);
      return toInput(reply.input, baseUrl);
    },

    /** The concepts that the model predicts for an input, highest value first. */
    async predictions(id: string, options?: CallOptions): Promise<readonly Prediction[]> {
      const path = `/v2/annotations?input_ids=${encodeURIComponent(id)}&list_all_annotations=true`;
      return toPredictions(
        await call<WireAnnotationsReply>(connection, "GET", path, undefined, options),
      );
    },

    async counts(options?: CallOptions): Promise<Counts> {
      const path = "/v2/inputs/status";
      const reply = await call<WireCountsReply>(connection, "GET", path, undefined, options);
      const { processed = 0, processing = 0, to_process = 0, errors = 0 } = reply.counts ?? {};
      return { processed, pending: processing + to_process, failed: errors };
    },

    /** Deletes inputs; ids that do not exist are no error. */
    async deleteInputs(ids: readonly string[], options?: CallOptions): Promise<void> {
      for (let start = 0; start < ids.length; start += DELETES_PER_REQUEST) {
        const body = { ids: ids.slice(start, start + DELETES_PER_REQUEST) };
        await call(connection, "DELETE", "/v2/inputs", body, options);
      }
    },

    /** Concepts whose name starts with `prefix`, best first. */
    async findConcepts(prefix: string, options?: CallOptions): Promise<readonly Concept[]> {
      const body = {
        concept_query: { name: `${prefix}*` },
        pagination: { page: 1, per_page: 20 },
      };
      const path = "/v2/concepts/searches";
      const reply = await call<{ concepts?: WireConcept[] }>(
        connection,
        "POST",
        path,
        body,
        options,
      );
      return (reply.concepts ?? []).map(({ id, name }) => ({ id, name }));
    },

    /** Sends one image or zip archive; one result for each image in it. */
    async upload(
      name: string,
      bytes: Blob | Uint8Array<ArrayBuffer>,
      options?: CallOptions,
    ): Promise<readonly UploadedInput[]> {
      const response = await send(
        connection,
        uploadPath(name),
        { method: "POST", body: bytes },
        options,
      );
      return toUploadedInputs(await toReply<WireUploadReply>(response));
    },

    async session(options?: CallOptions): Promise<Session> {
      const reply = await call<{ signed_in: boolean; required: boolean }>(
        connection,
        "GET",
        "/session",
        undefined,
        options,
      );
      return { isSignedIn: reply.signed_in, isRequired: reply.required };
    },

    /** Trades the access key for a session cookie. @throws ClientError with httpStatus 401 if it is wrong. */
    async signIn(accessKey: string): Promise<void> {
      await call(connection, "POST", "/session", { key: accessKey });
    },

    /** Address of a JPEG whose longest side is 512 px, of an input of which only the id is known. */
    thumbnailUrl: (id: string): string => url(`/thumbnails/${encodeURIComponent(id)}`),
    /** Address that takes a POST of raw bytes, for callers who need upload progress. */
    uploadUrl: (name: string): string => url(uploadPath(name)),
  };
}

type Connection = { readonly baseUrl: string; readonly headers: Readonly<Record<string, string>> };

async function call<Reply>(
  connection: Connection,
  method: string,
  path: string,
  body?: unknown,
  options?: CallOptions,
): Promise<Reply> {
  const json =
    body === undefined
      ? { method }
      : {
          method,
          body: JSON.stringify(body),
          headers: { "content-type": "application/json" },
        };
  return toReply(await send(connection, path, json, options));
}

async function send(
  { baseUrl, headers }: Connection,
  path: string,
  init: RequestInit,
  options: CallOptions = {},
): Promise<Response> {
  try {
    return await fetch(baseUrl + path, {
      ...init,
      ...options,
      headers: { ...headers, ...Object.fromEntries(new Headers(init.headers)) },
    });
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw ClientError.unreachable(baseUrl || path, cause);
  }
}

async function toReply<Reply>(response: Response): Promise<Reply> {
  const reply: unknown = await response.json().catch(() => ({}));
  if (!response.ok) throw toClientError(response.status, reply as { status?: WireStatus });
  // Trusted without a check: the server is of the same version as this client.
  return reply as Reply;
}

/** An HTTP error with its JSON body as a ClientError. */
export function toClientError(
  httpStatus: number,
  reply: { readonly status?: WireStatus },
): ClientError {
  const { code = 0, description: sentence = "", details = "" } = reply.status ?? {};
  // Where the sentence is Clarifai's, what is wrong stands in the details.
  const hasMore = details !== "" && !sentence.includes(details);
  const description =
    (hasMore ? [sentence, details].filter(Boolean).join(": ") : sentence) ||
    `Expected success from the server but received HTTP ${httpStatus}.`;
  return new ClientError(code, description, httpStatus);
}

function toSearchBody({
  ranks = [],
  status,
  minScore = 0,
  page = 0,
  perPage = 100,
}: SearchRequest) {
  const filters = status ? [{ input: { status: { code: STATUS_CODES[status] } } }] : [];
  return {
    searches: [{ query: { ranks: ranks.map(toWireRank), filters }, min_value: minScore }],
    pagination: { page: page + 1, per_page: perPage },
  };
}

function uploadPath(name: string): string {
  return `/uploads?name=${encodeURIComponent(name)}`;
}
