// GET /thumbnails/:id and /originals/:id -> bytes for the browser. Originals are whatever someone uploaded,
// so nothing in them may run: only raster types are shown, all else is a download.
import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { App, Engine, Input } from "../engine/engine.ts";
import { AppError } from "../errors.ts";
import { namedApp } from "./app-query.ts";
import { toDisposition } from "./disposition.ts";
import { resolveApp } from "./handlers/app.ts";

const RASTER_TYPES = new Set([
  "image/jpeg",
  "image/png",
  "image/gif",
  "image/webp",
  "image/avif",
  "image/bmp",
  "image/tiff",
  "image/heic",
  "image/heif",
]);

/** Adds the routes to `scope`. The app is ?user_id= and ?app_id=, by default me/photos. */
export function registerPictures(scope: FastifyInstance, engine: Engine): void {
  scope.get("/thumbnails/:id", async (request, reply) => {
    const { app, input } = await findInput(engine, request);
    if (isCached(request, reply, input)) return reply.code(304).send();
    const picture = await engine.thumbnail(app, input.id);
    if (picture === undefined) throw noPicture(input.id);
    return reply
      .header("cache-control", "private, max-age=31536000, immutable")
      .type(picture.mediaType)
      .send(picture.bytes);
  });

  // The name after the id is for whoever saves the file; the bytes are the same without it.
  scope.get("/originals/:id", async (request, reply) => {
    const { app, input } = await findInput(engine, request);
    if (isCached(request, reply, input)) return reply.code(304).send();
    const picture = await engine.original(app, input.id);
    if (picture === undefined) throw noPicture(input.id);
    const isRaster = RASTER_TYPES.has(picture.mediaType);
    return reply
      .header("cache-control", "private, no-cache")
      .header("content-security-policy", "default-src 'none'; sandbox")
      .header("content-disposition", toDisposition(isRaster ? "inline" : "attachment", input.name))
      .type(isRaster ? picture.mediaType : "application/octet-stream")
      .send(picture.bytes);
  });
}

async function findInput(
  engine: Engine,
  request: FastifyRequest,
): Promise<{ app: App; input: Input }> {
  const { id } = request.params as { id: string };
  const app = await resolveApp(engine, namedApp(request));
  const input = await engine.input(app, id);
  if (input === undefined) throw noPicture(id);
  return { app, input };
}

// Sets the ETag. The bytes of an input never change, but its id may be used again for others.
function isCached(request: FastifyRequest, reply: FastifyReply, input: Input): boolean {
  if (input.sha256 === null || input.status !== "processed") return false;
  const tag = createHash("sha256").update(`${input.id}\n${input.sha256}`).digest("base64url");
  reply.header("etag", `"${tag}"`);
  const known = (request.headers["if-none-match"] ?? "").split(",").map((part) => part.trim());
  return known.some((part) => part === "*" || part.replace(/^W\//, "") === `"${tag}"`);
}

function noPicture(id: string): AppError {
  return new AppError("not_found", `Expected a picture for input ${id} but there is none (yet).`);
}
