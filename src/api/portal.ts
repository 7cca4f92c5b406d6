// The Portal's files, and its start page for every address of its own that a browser opens.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../errors.ts";

/** Where the build puts the Portal; the same from src/ and from dist/. */
export const WEB_ROOT = fileURLToPath(new URL("../../dist/web", import.meta.url));

const HEADERS = {
  // Mantine writes style attributes and elements, hence 'unsafe-inline' for styles.
  "content-security-policy":
    "default-src 'self'; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; " +
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
};

const NOT_BUILT = `<!doctype html><meta charset="utf-8"><title>Semblance</title>
<h1>The Portal is not built yet</h1>
<p>Stop Semblance, run <code>npm run build</code> in its folder, and start it again.</p>
<p>The API works without it.</p>
`;

/** Paths of the server itself, which never are pages of the Portal. */
const SERVER_PATHS =
  /^\/(v2|clarifai\.api\.V2|uploads|thumbnails|originals|session|semblance|local|health)(\/|$)/;

/** Serves `webRoot` and answers what no route answers. */
export async function registerPortal(root: FastifyInstance, webRoot: string): Promise<void> {
  const isBuilt = existsSync(join(webRoot, "index.html"));
  if (isBuilt) {
    await root.register(fastifyStatic, {
      root: webRoot,
      index: false,
      cacheControl: false,
      preCompressed: true,
      setHeaders: (reply, path) => void reply.headers({ ...HEADERS, ...cacheOf(webRoot, path) }),
    });
  }
  const startPage = isBuilt ? webRoot : undefined;
  root.get("/", (_request, reply) => sendStartPage(reply, startPage));
  root.setNotFoundHandler(async (request, reply) => {
    if (isPage(request)) return sendStartPage(reply, startPage);
    throw new AppError(
      "not_found",
      `Expected a path that exists but received ${request.method} ${pathOf(request)}.`,
    );
  });
}

// Vite puts a hash into the names of what lies in assets/.
function cacheOf(webRoot: string, path: string): Record<string, string> {
  const isHashed = path.startsWith(join(webRoot, "assets") + sep);
  return { "cache-control": isHashed ? "public, max-age=31536000, immutable" : "no-cache" };
}

function isPage(request: FastifyRequest): boolean {
  if (request.method !== "GET" && request.method !== "HEAD") return false;
  if (SERVER_PATHS.test(pathOf(request))) return false;
  return (request.headers.accept ?? "").includes("text/html");
}

function pathOf(request: FastifyRequest): string {
  return request.url.split("?", 1)[0] ?? "";
}

async function sendStartPage(
  reply: FastifyReply,
  webRoot: string | undefined,
): Promise<FastifyReply> {
  const page = webRoot === undefined ? NOT_BUILT : await readFile(join(webRoot, "index.html"));
  return reply
    .code(webRoot === undefined ? 503 : 200)
    .headers({ ...HEADERS, "cache-control": "no-cache" })
    .type("text/html; charset=utf-8")
    .send(page);
}
