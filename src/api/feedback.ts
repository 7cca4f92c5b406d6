// Feedback on predictions and searches, which left the proto: three routes of REST that old clients still call.
// What they say is kept; nothing learns from it.
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { UserAppIDSet } from "#proto/api/resources_pb";
import type { Engine, Json } from "../engine/engine.ts";
import { newId } from "../engine/library/ids.ts";
import { AppError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { resolveApp } from "./handlers/app.ts";
import { findModel } from "./handlers/named-model.ts";
import { isObject } from "./json.ts";
import { OK } from "./status.ts";

type Params = {
  readonly user?: string;
  readonly app?: string;
  readonly model?: string;
  readonly version?: string;
};

const PREFIXES = ["/v2", "/v2/users/:user/apps/:app"];

/** Adds the routes to `scope`, which reads bodies as JSON. */
export function registerFeedback(scope: FastifyInstance, engine: Engine): void {
  const paths = PREFIXES.flatMap((prefix) => [
    `${prefix}/models/:model/feedback`,
    `${prefix}/models/:model/versions/:version/feedback`,
    `${prefix}/searches/feedback`,
  ]);
  for (const path of paths) {
    scope.post(path, async (request) => {
      await keep(engine, request);
      return { status: OK };
    });
  }
}

async function keep(engine: Engine, { params, body }: FastifyRequest): Promise<void> {
  if (!isObject(body)) throw new AppError("bad_format", "Expected a JSON object for the feedback.");
  const { model, version = "", ...where } = params as Params;
  const named = toNamed(where, body.user_app_id);
  const app = await resolveApp(engine, named);
  if (model !== undefined) await findModel(engine, named, model, version);
  const said: Json = { ...(model && { model, version }), ...body };
  const sizeBytes = Buffer.byteLength(JSON.stringify(said));
  if (sizeBytes > LIMITS.feedbackBytes) {
    throw new AppError(
      "request_too_large",
      `Expected at most ${LIMITS.feedbackBytes} bytes for the feedback but received ${sizeBytes}.`,
    );
  }
  await engine.records.create(app, { kind: "feedback", id: newId() }, said);
}

// What stands in the path wins over the body.
function toNamed(
  { user = "", app = "" }: Params,
  given: unknown,
): Pick<UserAppIDSet, "userId" | "appId"> {
  const set: Json = isObject(given) ? given : {};
  return { userId: user || String(set.user_id ?? ""), appId: app || String(set.app_id ?? "") };
}
