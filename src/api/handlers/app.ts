// user_app_id of a request -> the app it means.
import type { UserAppIDSet } from "#proto/api/resources_pb";
import type { App, Engine } from "../../engine/engine.ts";
import { AppError } from "../../errors.ts";

const DEFAULT = { userId: "me", id: "photos" } as const;

export function isDefaultApp(app: App): boolean {
  return app.userId === DEFAULT.userId && app.id === DEFAULT.id;
}

/** The app that a request names; what it does not name is the default: me/photos.
 *  @throws AppError "not_found" */
export async function resolveApp(
  engine: Engine,
  named: Pick<UserAppIDSet, "userId" | "appId"> | undefined,
): Promise<App> {
  const userId = named?.userId || DEFAULT.userId;
  const appId = named?.appId || DEFAULT.id;
  const app = await engine.app(userId, appId);
  if (app !== undefined) return app;
  throw new AppError(
    "not_found",
    `Expected an app that exists for user_app_id but received ${userId}/${appId}. The default is ${DEFAULT.userId}/${DEFAULT.id}.`,
    { details: { userId, appId } },
  );
}
