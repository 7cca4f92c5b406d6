// An app of the engine <-> Clarifai's App message.
import { create, type MessageShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  type App,
  AppSchema,
  Visibility_Gettable,
  VisibilitySchema,
  WorkflowSchema,
} from "#proto/api/resources_pb";
import type { AppRecord, NewApp } from "../../engine/library/apps.ts";
import { checkedId, newId, noSuchId } from "../../engine/library/ids.ts";
import { AppError } from "../../errors.ts";
import { MAIN } from "./app.ts";
import { fromBody, toBody } from "./body.ts";

const OURS = new Set([
  "id",
  "userId",
  "defaultWorkflow",
  "defaultWorkflowId",
  "createdAt",
  "modifiedAt",
  "isStarred",
  "starCount",
  "extraInfo",
]);

/** `userId`: the owner, as the caller calls them. */
export function toApp(app: AppRecord, userId: string): MessageShape<typeof AppSchema> {
  const said = fromBody(AppSchema, app.details);
  return {
    ...said,
    id: app.id,
    userId,
    name: said.name || app.id,
    defaultLanguage: said.defaultLanguage || "en",
    defaultWorkflowId: app.baseWorkflow,
    defaultWorkflow: create(WorkflowSchema, {
      id: app.baseWorkflow,
      appId: MAIN.id,
      userId: MAIN.userId,
    }),
    visibility: said.visibility ?? privately(),
    createdAt: timestampFromDate(app.createdAt),
    modifiedAt: timestampFromDate(app.modifiedAt),
  };
}

export function privately() {
  return create(VisibilitySchema, { gettable: Visibility_Gettable.PRIVATE });
}

/** clarifai/main itself. @throws AppError "not_found" for another app of that user */
export function mainApp(appId: string): MessageShape<typeof AppSchema> {
  if (appId !== "" && appId !== MAIN.id) throw noSuchId(appId, `an app of ${MAIN.userId}`);
  const visibility = create(VisibilitySchema, { gettable: Visibility_Gettable.PUBLIC });
  return create(AppSchema, {
    id: MAIN.id,
    name: MAIN.id,
    userId: MAIN.userId,
    defaultLanguage: "en",
    visibility,
  });
}

/** An app as it was posted, with a generated id if it has none. @throws AppError "invalid_request" */
export function toNewApp(app: App): NewApp {
  const baseWorkflow = toBaseWorkflow(app);
  return {
    id: app.id || newId(),
    details: toDetails(app),
    ...(baseWorkflow !== undefined && { baseWorkflow }),
  };
}

/** What the engine does not interpret. */
export function toDetails(app: App) {
  return toBody(AppSchema, app, OURS);
}

/** Undefined where the message names none. @throws AppError "invalid_request" unless it is one of clarifai/main */
export function toBaseWorkflow({ defaultWorkflow, defaultWorkflowId }: App): string | undefined {
  const { id = "", appId = "", userId = "" } = defaultWorkflow ?? {};
  if ((appId !== "" && appId !== MAIN.id) || (userId !== "" && userId !== MAIN.userId)) {
    throw new AppError(
      "invalid_request",
      `Expected a workflow of ${MAIN.userId}/${MAIN.id} for default_workflow but received ${userId}/${appId}/${id}.`,
    );
  }
  const named = id || defaultWorkflowId;
  return named === "" ? undefined : checkedId(named, "the default workflow");
}
