// GET /semblance/encoders: which models there are to search with. POST /use, /download: the way to another one, as
// activities. DELETE /:id: a downloaded one from the disk; DELETE /spaces/:row: vectors that are only kept.
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { EncoderChoice, KeptSpace } from "../../engine/encoders.ts";
import type { Engine } from "../../engine/engine.ts";
import { OK } from "../status.ts";
import { toWireActivity } from "./activities.ts";
import { OWN_PREFIX, parseGiven } from "./own-call.ts";

const id = z.string().min(1).max(64);
const useSchema = z.union([
  z.strictObject({ id }),
  z.strictObject({ space: z.number().int().positive() }),
]);
const downloadSchema = z.strictObject({
  id,
  variant: z.enum(["fp32", "fp16", "int8"]).optional(),
  /** Change over to it when it is there. */
  use: z.boolean().default(true),
});
const rowSchema = z.coerce.number().int().positive();

export function registerEncoders(scope: FastifyInstance, engine: Engine): void {
  const { encoders } = engine;

  scope.get(`${OWN_PREFIX}/encoders`, async () => ({
    status: OK,
    encoders: (await encoders.list()).map(toWireEncoder),
    spaces: (await encoders.spaces()).map(toWireSpace),
  }));

  scope.post(`${OWN_PREFIX}/encoders/use`, async (request) => {
    const given = parseGiven(useSchema, request.body);
    const activity =
      "id" in given ? await encoders.use(given.id) : await encoders.returnTo(given.space);
    return { status: OK, activity: toWireActivity(activity) };
  });

  scope.post(`${OWN_PREFIX}/encoders/download`, async (request) => {
    const { id: pack, variant, use } = parseGiven(downloadSchema, request.body);
    const options = { isUsed: use, ...(variant && { variant }) };
    return { status: OK, activity: toWireActivity(encoders.download(pack, options)) };
  });

  scope.delete(`${OWN_PREFIX}/encoders/:id`, async (request) => {
    await encoders.remove(parseGiven(id, (request.params as { id: string }).id, "id"));
    return { status: OK };
  });

  scope.delete(`${OWN_PREFIX}/encoders/spaces/:row`, async (request) => {
    await encoders.drop(parseGiven(rowSchema, (request.params as { row: string }).row, "space"));
    return { status: OK };
  });
}

function toWireEncoder(choice: EncoderChoice) {
  const { state, use, variant, licence, languages, description, recommended, dim, url } = choice;
  return {
    id: choice.id,
    title: choice.title,
    ...{ state, use, variant, licence, languages, description, recommended, dim, url },
    size_bytes: choice.sizeBytes,
    is_whole_size: choice.isWholeSize,
    quality: choice.quality,
  };
}

function toWireSpace({ row, name, state, vectors, dim, changedAt }: KeptSpace) {
  return { space: row, name, state, vectors, dim, changed_at: changedAt.toISOString() };
}
