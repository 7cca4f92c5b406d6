// POST /semblance/examples: the bytes of an image, or ?url= -> a picture to search by, {id, width, height}. GET gives it
// back, small.
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Engine } from "../../engine/engine.ts";
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";
import { hungUp } from "../call.ts";
import { OK } from "../status.ts";
import { appOf, OWN_PREFIX } from "./own-call.ts";

export function registerExamples(scope: FastifyInstance, engine: Engine): void {
  // A scope of its own: here bodies are not JSON.
  void scope.register(async (inner) => {
    inner.removeAllContentTypeParsers();
    const options = { parseAs: "buffer", bodyLimit: LIMITS.imageBytes } as const;
    inner.addContentTypeParser("*", options, (_request, body, done) => done(null, body));

    inner.post(
      `${OWN_PREFIX}/examples`,
      { bodyLimit: LIMITS.imageBytes },
      async (request, reply) => {
        const app = await appOf(engine, request);
        const bytes = await bytesOf(engine, request, hungUp(reply.raw));
        const { id, widthPx, heightPx } = await engine.examples.add(app, bytes);
        return { status: OK, example: { id, width: widthPx, height: heightPx } };
      },
    );
  });

  scope.get(`${OWN_PREFIX}/examples/:id`, async (request, reply) => {
    const app = await appOf(engine, request);
    const { id } = request.params as { id: string };
    const bytes = await engine.examples.read(app, id);
    return reply
      .header("cache-control", "private, max-age=31536000, immutable") // the id is of the content
      .type("image/jpeg")
      .send(bytes);
  });
}

async function bytesOf(
  engine: Engine,
  { query, body }: FastifyRequest,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { url } = query as { url?: unknown };
  if (typeof url === "string") return engine.fetchImage(url, signal);
  if (body instanceof Uint8Array && body.length > 0) return body;
  throw new AppError(
    "invalid_request",
    "Expected the bytes of an image as the body, or its address as ?url=, but received neither.",
  );
}
