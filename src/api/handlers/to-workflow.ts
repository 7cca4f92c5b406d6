// Workflows and their versions -> Clarifai's messages.
import { create, type MessageShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  Visibility_Gettable,
  type WorkflowNode,
  WorkflowSchema,
  WorkflowVersionSchema,
} from "#proto/api/resources_pb";
import type { App } from "../../engine/engine.ts";
import { MAIN } from "./app.ts";
import { fromBody } from "./body.ts";
import { BASE_SINCE, type BaseWorkflow } from "./main-app.ts";
import { privately } from "./to-app.ts";
import { toBaseNodes } from "./workflow-nodes.ts";
import type { Workflow, WorkflowVersion } from "./workflow-record.ts";

type Message = MessageShape<typeof WorkflowSchema>;

/** `version`: the one that the answer is about, by default the newest. */
export function toWorkflow(app: App, workflow: Workflow, version = workflow.version): Message {
  const said = fromBody(WorkflowSchema, workflow.details);
  return {
    ...said,
    id: workflow.id,
    appId: app.id,
    userId: app.userId,
    nodes: toNodes(app, version.nodes),
    version: toWorkflowVersion(app, workflow.id, version),
    visibility: said.visibility ?? privately(),
    createdAt: timestampFromDate(workflow.createdAt),
    modifiedAt: timestampFromDate(workflow.modifiedAt),
  };
}

export function toWorkflowVersion(
  app: App,
  workflowId: string,
  version: WorkflowVersion,
): MessageShape<typeof WorkflowVersionSchema> {
  return create(WorkflowVersionSchema, {
    id: version.id,
    workflowId,
    appId: app.id,
    userId: app.userId,
    nodes: toNodes(app, version.nodes),
    visibility: privately(),
    createdAt: timestampFromDate(version.createdAt),
    modifiedAt: timestampFromDate(version.modifiedAt),
  });
}

export function toBaseWorkflow(base: BaseWorkflow): Message {
  return create(WorkflowSchema, {
    id: base.id,
    appId: MAIN.id,
    userId: MAIN.userId,
    nodes: [...toBaseNodes(base)],
    visibility: { gettable: Visibility_Gettable.PUBLIC },
    createdAt: timestampFromDate(BASE_SINCE),
    modifiedAt: timestampFromDate(BASE_SINCE),
  });
}

// The owner is called as the caller calls them.
function toNodes(app: App, nodes: readonly WorkflowNode[]): WorkflowNode[] {
  return nodes.map((node) => {
    const { model } = node;
    if (model === undefined || model.userId === MAIN.userId) return node;
    return { ...node, model: { ...model, userId: app.userId } };
  });
}
