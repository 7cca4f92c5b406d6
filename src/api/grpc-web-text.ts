// gRPC-web in its base64 form, which clarifai-web-grpc speaks, <-> the binary form.
// https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-WEB.md
import type { IncomingHttpHeaders } from "node:http";
import type { UniversalServerResponse } from "@connectrpc/connect/protocol";

const TEXT_TYPE = "application/grpc-web-text";

export function isGrpcWebText(headers: IncomingHttpHeaders): boolean {
  return (headers["content-type"] ?? "").toLowerCase().startsWith(TEXT_TYPE);
}

/** The request's headers as if it were binary. */
export function toBinaryHeader(header: Headers): Headers {
  const binary = new Headers(header);
  binary.set("content-type", "application/grpc-web+proto");
  return binary;
}

/** Decodes base64 that may be cut anywhere and may be several padded pieces in a row. */
export async function* decodeText(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let rest = "";
  for await (const chunk of body) {
    const text = rest + Buffer.from(chunk).toString("latin1");
    const whole = text.length - (text.length % 4);
    rest = text.slice(whole);
    // Buffer stops at the first padding, so each padded piece is decoded by itself.
    for (const piece of text.slice(0, whole).split(/(?<==)(?!=)/)) {
      yield Buffer.from(piece, "base64");
    }
  }
}

/** The response in base64, as one piece: some clients cannot read several. */
export function toTextResponse(response: UniversalServerResponse): UniversalServerResponse {
  const header = new Headers(response.header);
  header.set("content-type", `${TEXT_TYPE}+proto`);
  return { ...response, header, ...(response.body && { body: encodeText(response.body) }) };
}

async function* encodeText(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  yield Buffer.from(Buffer.concat(chunks).toString("base64"), "latin1");
}
