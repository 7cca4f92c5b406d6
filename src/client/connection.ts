// One server, one app: how every call of the client goes out and comes back.
import { ClientError } from "./client-error.ts";
import type { WireStatus } from "./wire.ts";

export type CallOptions = { readonly signal?: AbortSignal; readonly keepalive?: boolean };

export type AppName = { readonly userId: string; readonly id: string };

export type Connection = {
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Default: the server's default app. */
  readonly app: AppName | undefined;
};

/** Path of Clarifai's API for the app: "inputs/searches" -> "/v2/users/me/apps/photos/inputs/searches". */
export function v2Path({ app }: Connection, path: string): string {
  const id = encodeURIComponent;
  return app ? `/v2/users/${id(app.userId)}/apps/${id(app.id)}/${path}` : `/v2/${path}`;
}

/** Path of a route that takes the app as ?user_id= and ?app_id=, with `query` before it. Lists are repeated. */
export function ownPath(
  { app }: Connection,
  path: string,
  query: Readonly<Record<string, string | readonly string[]>> = {},
): string {
  const named = app ? { user_id: app.userId, app_id: app.id } : {};
  const pairs = Object.entries({ ...query, ...named }).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
  const params = new URLSearchParams(pairs).toString();
  return params === "" ? path : `${path}?${params}`;
}

/** Sends `body` as JSON, if there is one, and reads JSON. @throws ClientError */
export async function call<Reply>(
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

/** @throws ClientError if no answer comes */
export async function send(
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

/** @throws ClientError if the server says that it failed */
export async function toReply<Reply>(response: Response): Promise<Reply> {
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
