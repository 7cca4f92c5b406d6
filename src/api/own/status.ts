// GET /semblance/status: how server and app are doing. POST /semblance/reindex: encodes all of the app again. POST
// /semblance/reading: reads text in all its pictures again.
import type { FastifyInstance } from "fastify";
import type { Engine } from "../../engine/engine.ts";
import { OK } from "../status.ts";
import { toWireActivity } from "./activities.ts";
import { appOf, OWN_PREFIX } from "./own-call.ts";

export function registerStatus(scope: FastifyInstance, engine: Engine): void {
  scope.get(`${OWN_PREFIX}/status`, async (request) => {
    const app = await appOf(engine, request);
    const { version, startedAt, inputs, storage } = await engine.status(app);
    return {
      status: OK,
      version,
      model: engine.model,
      ...(engine.objects.detector && { detector: engine.objects.detector }),
      base_workflow: app.baseWorkflow,
      started_at: startedAt.toISOString(),
      inputs,
      storage: {
        originals_bytes: storage.originalsBytes,
        thumbnails_bytes: storage.thumbnailsBytes,
        vectors_bytes: storage.vectorsBytes,
        database_bytes: storage.databaseBytes,
        free_bytes: storage.freeBytes,
        data_folder: storage.dataFolder,
      },
    };
  });

  scope.post(`${OWN_PREFIX}/reindex`, async (request) => {
    const app = await appOf(engine, request);
    return { status: OK, activity: toWireActivity(engine.reindex(app)) };
  });

  scope.post(`${OWN_PREFIX}/reading`, async (request) => {
    await engine.readAgain(await appOf(engine, request));
    return { status: OK };
  });
}
