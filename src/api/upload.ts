// POST /uploads?name=<relative path>: the raw bytes of one image or zip archive -> a file in the data folder
// -> the engine. The name is only shown; what the file is, its bytes decide. ?labels=, ?datasets= (each as often as
// needed) and ?metadata=<JSON object> are given to every image.
import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Engine, Input } from "../engine/engine.ts";
import { AppError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { namedApp } from "./app-query.ts";
import { hungUp } from "./call.ts";
import { resolveApp } from "./handlers/app.ts";
import { OK, type Status, toInputStatus, toStatus } from "./status.ts";
import { toUploadSettings } from "./upload-settings.ts";

/** Milliseconds without a byte after which an upload has broken off. */
const STALLED_MS = 120_000;

/** Adds the route to `scope` and empties `folder`: what lies there broke off in an earlier run. */
export async function registerUpload(
  scope: FastifyInstance,
  engine: Engine,
  folder: string,
): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));

  scope.post("/uploads", async (request, reply) => {
    const app = await resolveApp(engine, namedApp(request));
    const name = toName(request);
    const signal = hungUp(reply.raw);
    const file = join(folder, randomUUID());
    try {
      requireSize(Number(request.headers["content-length"] ?? 0));
      const settings = toUploadSettings(request.query);
      await receive(request, file, signal);
      const results = await engine.addUpload(app, file, name, signal, settings);
      return { status: toWire(OK), inputs: results.map((result) => toResult(result, name)) };
    } catch (error) {
      // The rest of the body is not wanted: without this, Node would read all of it.
      reply.header("connection", "close");
      throw error;
    } finally {
      // The engine has moved it by now, or it failed.
      await rm(file, { force: true });
    }
  });
}

function toName(request: FastifyRequest): string {
  const { name } = request.query as { name?: string | string[] };
  return (Array.isArray(name) ? name[0] : name) ?? "";
}

function requireSize(sizeBytes: number): void {
  if (sizeBytes <= LIMITS.uploadBytes) return;
  throw new AppError(
    "request_too_large",
    `Expected at most ${LIMITS.uploadBytes} bytes in one upload but received ${sizeBytes} or more.`,
  );
}

async function receive(request: FastifyRequest, file: string, signal: AbortSignal): Promise<void> {
  const { socket } = request.raw;
  socket.setTimeout(STALLED_MS); // Node then destroys it
  let sizeBytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sizeBytes += chunk.length;
      try {
        requireSize(sizeBytes);
        done(null, chunk);
      } catch (error) {
        done(AppError.from(error));
      }
    },
  });
  try {
    await pipeline(request.raw, count, createWriteStream(file), { signal });
  } catch (cause) {
    if (!signal.aborted) throw cause;
    throw new AppError("cancelled", "The upload broke off.", { cause });
  } finally {
    socket.setTimeout(0); // taking in an archive may take longer than any pause in sending
  }
  if (sizeBytes > 0) return;
  throw new AppError(
    "invalid_request",
    "Expected the bytes of an image or zip archive as the body.",
  );
}

function toResult(result: Input | Error, name: string) {
  if (!(result instanceof Error)) {
    return { id: result.id, name: result.name, status: toWire(toInputStatus(result)) };
  }
  const error = AppError.from(result);
  const part = error.details.name;
  return {
    id: "",
    name: typeof part === "string" ? part : name,
    status: toWire(inOurWords(toStatus(error))),
  };
}

// No client of Clarifai's reads these: the sentence that says what is wrong is of more use than theirs.
function inOurWords({ code, description, details }: Status): Status {
  return { code: code ?? 0, description: details || (description ?? "") };
}

function toWire({ code, description }: Status): { code: number; description: string } {
  return { code: code ?? 0, description: description ?? "" };
}
