// gRPC, gRPC-web and Connect -> the same handlers. Takes plain Node requests, so that it serves HTTP/2 and
// HTTP/1.1 alike, and looks at the caller's key before it reads the message, which may be large.

import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import type { DescMethodUnary, Message } from "@bufbuild/protobuf";
import {
  Code,
  ConnectError,
  type ConnectRouter,
  createConnectRouter,
  createContextKey,
  createContextValues,
  type HandlerContext,
} from "@connectrpc/connect";
import {
  compressionBrotli,
  compressionGzip,
  universalRequestFromNodeRequest,
  universalResponseToNodeResponse,
} from "@connectrpc/connect-node";
import { V2 } from "#proto/api/service_pb";
import type { AppError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import type { Access } from "./auth.ts";
import { toBaseUrl } from "./call.ts";
import { decodeText, isGrpcWebText, toBinaryHeader, toTextResponse } from "./grpc-web-text.ts";
import { answer, type Handlers, type Log, refusal } from "./handlers/handlers.ts";

export type RpcRequest = IncomingMessage | Http2ServerRequest;
type RpcResponse = ServerResponse | Http2ServerResponse;

/** Answers requests to /clarifai.api.V2/<Method>. */
export type Rpc = (request: RpcRequest, response: RpcResponse) => void;

type Caller = { readonly baseUrl: string; readonly refused: AppError | undefined };

const CALLER = createContextKey<Caller>({ baseUrl: "", refused: undefined });
const PREFIX = `/${V2.typeName}/`;

export function isRpc(request: RpcRequest): boolean {
  // A preflight of a browser is no call.
  return request.method !== "OPTIONS" && (request.url ?? "").startsWith(PREFIX);
}

export function createRpc(handlers: Handlers, access: Access, log: Log): Rpc {
  const router = createConnectRouter({
    readMaxBytes: LIMITS.requestBytes,
    acceptCompression: [compressionGzip, compressionBrotli],
  });
  addMethods(router, handlers, log);
  const byPath = new Map(router.handlers.map((handler) => [handler.requestPath, handler]));
  return (request, response) => {
    const handler = byPath.get(request.url?.split("?", 1)[0] ?? "");
    if (handler === undefined) {
      response.writeHead(404).end();
      return;
    }
    serve(handler, request, response, access).catch((error) => {
      // The caller hung up; nothing is left to answer.
      if (ConnectError.from(error).code !== Code.Aborted && !response.destroyed) {
        log.error({ err: error, method: handler.method.name }, "call broke off");
      }
      response.destroy();
    });
  };
}

function addMethods(router: ConnectRouter, handlers: Handlers, log: Log): void {
  for (const method of V2.methods) {
    if (method.methodKind !== "unary") continue; // the router answers those with "unimplemented"
    router.rpc(method as DescMethodUnary, async (message: Message, context: HandlerContext) => {
      const { baseUrl, refused } = context.values.get(CALLER);
      if (refused !== undefined) return refusal(method, refused).message;
      const call = { id: randomUUID(), baseUrl, signal: context.signal };
      return (await answer(handlers, method, message, call, log)).message;
    });
  }
}

async function serve(
  handler: ConnectRouter["handlers"][number],
  request: RpcRequest,
  response: RpcResponse,
  access: Access,
): Promise<void> {
  const refused = access.refusal(request) ?? access.keyRefusal(request.headers);
  const values = createContextValues().set(CALLER, {
    baseUrl: toBaseUrl(request),
    refused,
  });
  const asked = universalRequestFromNodeRequest(request, response, undefined, values);
  const isText = isGrpcWebText(request.headers);
  const given = asked.body as AsyncIterable<Uint8Array>; // a stream, as we gave no parsed body
  const answered = await handler({
    ...asked,
    header: isText ? toBinaryHeader(asked.header) : asked.header,
    body: refused !== undefined ? emptyMessage(request) : isText ? decodeText(given) : given,
  });
  allowOrigin(request, response, access);
  await universalResponseToNodeResponse(isText ? toTextResponse(answered) : answered, response);
}

// Stands in for the message of a caller whose bytes we do not want to read.
async function* emptyMessage(request: RpcRequest): AsyncIterable<Uint8Array> {
  const type = request.headers["content-type"] ?? "";
  if (type.startsWith("application/grpc"))
    yield new Uint8Array(5); // no flags, length 0
  else if (type.includes("json")) yield Buffer.from("{}");
}

function allowOrigin(request: RpcRequest, response: RpcResponse, access: Access): void {
  for (const [name, value] of Object.entries(access.corsHeaders(request.headers))) {
    response.setHeader(name, value);
  }
}
