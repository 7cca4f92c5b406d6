// user_app_id of a request -> the app it means.
import type { UserAppIDSet } from "#proto/api/resources_pb";
import type { App, Engine } from "../../engine/engine.ts";
import { AppError } from "../../errors.ts";

const DEFAULT = { userId: "me", id: "photos" } as const;

/** Clarifai's own app, home of the base models and workflows. It exists in name only and holds no inputs. */
export const MAIN = { userId: "clarifai", id: "main" } as const;

type Named = Pick<UserAppIDSet, "userId" | "appId"> | undefined;

export function isDefaultApp(app: Pick<App, "id">): boolean {
  return app.id === DEFAULT.id;
}

/** Does it name clarifai/main? Anyone may read there. */
export function isMain(named: Named): boolean {
  return named?.userId === MAIN.userId;
}

/** The user that a request names, as it names them. Semblance has one owner: all names but "clarifai" are theirs. */
export function callerName(named: Pick<UserAppIDSet, "userId"> | undefined): string {
  return named?.userId || DEFAULT.userId;
}

/** The user under which the owner's apps are kept. */
export const OWNER = DEFAULT.userId;

/** The id under which a user is kept: all names but Clarifai's are the owner's. */
export function keptUserId(userId: string): string {
  return userId === MAIN.userId ? userId : OWNER;
}

/** The app that a request names, with the owner called as the caller did; what it does not name is the default:
 *  me/photos. @throws AppError "not_found", "forbidden" */
export async function resolveApp(engine: Engine, named: Named): Promise<App> {
  const isThere = named?.appId === "" || named?.appId === MAIN.id;
  if (isMain(named) && isThere) {
    throw new AppError(
      "forbidden",
      `Expected an app of your own for user_app_id but received ${MAIN.userId}/${MAIN.id}, which only has models and workflows to read.`,
    );
  }
  const appId = named?.appId || DEFAULT.id;
  const app = isMain(named) ? undefined : await engine.app(OWNER, appId);
  if (app !== undefined) return { ...app, userId: callerName(named) };
  throw new AppError(
    "not_found",
    `Expected an app that exists for user_app_id but received ${callerName(named)}/${appId}. The default is ${DEFAULT.userId}/${DEFAULT.id}.`,
    { details: { appId } },
  );
}
