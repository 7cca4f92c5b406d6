// One GET of an image over HTTP: to addresses that were looked up before, without cookies, proxies or kept
// connections.
import type { LookupAddress } from "node:dns";
import * as http from "node:http";
import * as https from "node:https";
import type { LookupFunction } from "node:net";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { LIMITS } from "../../limits.ts";
import { unreachable } from "./fetch-failure.ts";

const HEADERS = {
  accept: "image/*",
  "accept-encoding": "identity",
  "user-agent": "Semblance",
};

/** The answer, once its headers are there; whoever gets it reads or destroys it. `onIdle` is called after `idleMs`
 *  without a byte, and is expected to abort `signal`. @throws Node's errors */
export function get(
  url: URL,
  addresses: readonly LookupAddress[],
  signal: AbortSignal,
  idleMs: number,
  onIdle: () => void,
): Promise<http.IncomingMessage> {
  const { request } = url.protocol === "https:" ? https : http;
  const lookup = pinnedTo(addresses);
  return new Promise((resolve, reject) => {
    // Without an agent of its own the request would go through the global one, which may use a proxy.
    const options = { agent: false, headers: HEADERS, lookup, signal, timeout: idleMs };
    request(url, options).on("timeout", onIdle).on("response", resolve).on("error", reject).end();
  });
}

/** The whole body, unpacked; undefined if it is larger than an image may be.
 *  @throws FetchFailure "url_unreachable" if it is packed in another way than gzip; Node's errors */
export async function readBody(response: http.IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of unpacked(response) as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.length;
    if (sizeBytes > LIMITS.imageBytes) return undefined; // leaving the loop destroys the stream
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, sizeBytes);
}

// Some servers pack whatever they send, asked or not.
function unpacked(response: http.IncomingMessage): Readable {
  const encoding = response.headers["content-encoding"]?.trim().toLowerCase() ?? "";
  if (encoding === "" || encoding === "identity") return response;
  if (encoding !== "gzip" && encoding !== "x-gzip") {
    response.destroy();
    throw unreachable(`its server packs it as ${encoding.slice(0, 40)}`);
  }
  return pipeline(response, createGunzip(), () => {}); // the reader of the end sees the error
}

// The name was looked up and its addresses were checked: a second answer of its DNS server must not count.
function pinnedTo(addresses: readonly LookupAddress[]): LookupFunction {
  return (_hostname, { all }, callback) => {
    const [first] = addresses;
    if (all) callback(null, [...addresses]);
    else callback(null, first?.address ?? "", first?.family);
  };
}
