// Nodes of a workflow as clients send them -> as they are kept: checked, each with a model that exists.
import { create } from "@bufbuild/protobuf";
import { type UserAppIDSet, type WorkflowNode, WorkflowNodeSchema } from "#proto/api/resources_pb";
import type { App, Engine } from "../../engine/engine.ts";
import { MODEL_STATUS } from "../../engine/training/model-record.ts";
import { AppError } from "../../errors.ts";
import { MAIN, OWNER } from "./app.ts";
import { type BaseWorkflow, findBaseModel } from "./main-app.ts";
import { findModel, type NamedModel } from "./named-model.ts";
import { toBaseModel } from "./to-model.ts";

/** Nodes in one workflow. */
const NODES_MAX = 50;

/** A node's input is the input of the workflow, or the output of an embedder that stands before it.
 *  @throws AppError "invalid_workflow", "model_not_found" */
export async function checkNodes(
  engine: Engine,
  app: App,
  nodes: readonly WorkflowNode[],
): Promise<readonly WorkflowNode[]> {
  if (nodes.length > NODES_MAX) throw invalid(`at most ${NODES_MAX} nodes`, nodes.length);
  const embedders = new Set<string>();
  const ids = new Set<string>();
  const checked: WorkflowNode[] = [];
  for (const node of nodes) {
    if (node.id === "" || ids.has(node.id))
      throw invalid("an id of its own for each node", node.id);
    ids.add(node.id);
    for (const { nodeId } of node.nodeInputs) {
      if (!embedders.has(nodeId)) throw invalid("an earlier embedder for node_inputs", nodeId);
    }
    const { model } = node;
    if (model === undefined || model.id === "") throw invalid("a model for each node", node.id);
    const named = await findModel(
      engine,
      ownerOf(app, model),
      model.id,
      model.modelVersion?.id ?? "",
    );
    if (named.kind === "base" && named.base.task === "embed") embedders.add(node.id);
    checked.push(toKept(node, model.id, named));
  }
  return checked;
}

/** The nodes of a workflow of clarifai/main. */
export function toBaseNodes({ nodes }: BaseWorkflow): readonly WorkflowNode[] {
  return nodes.map(({ id, modelId, nodeInputs = [] }) => {
    const base = findBaseModel(modelId);
    return create(WorkflowNodeSchema, {
      id,
      ...(base && { model: toBaseModel(base) }),
      nodeInputs: nodeInputs.map((nodeId) => ({ nodeId })),
    });
  });
}

/** Where the model of a node is to be found: in the app itself unless the node says otherwise. */
export function ownerOf(
  app: App,
  model: { readonly userId: string; readonly appId: string },
): Pick<UserAppIDSet, "userId" | "appId"> {
  return { userId: model.userId || app.userId, appId: model.appId || app.id };
}

function toKept(node: WorkflowNode, modelId: string, named: NamedModel): WorkflowNode {
  const isBase = named.kind === "base";
  return create(WorkflowNodeSchema, {
    id: node.id,
    model: {
      id: modelId,
      ...(isBase
        ? { userId: MAIN.userId, appId: MAIN.id }
        : { userId: OWNER, appId: named.app.id }),
      modelTypeId: isBase ? named.base.typeId : named.model.typeId,
      modelVersion: { id: isBase ? named.versionId : toPin(named) },
    },
    nodeInputs: node.nodeInputs,
    suppressOutput: node.suppressOutput,
    ...(node.outputInfoOverride && { outputInfoOverride: node.outputInfoOverride }),
  });
}

// A workflow keeps its models as they are; one that is not trained yet is taken as it will be.
function toPin({ version, isPinned }: NamedModel & { kind: "own" }): string {
  const isTrained = version?.statusCode === MODEL_STATUS.trained;
  return version && (isPinned || isTrained) ? version.id : "";
}

function invalid(expected: string, received: unknown): AppError {
  return new AppError(
    "invalid_workflow",
    `Expected ${expected} of a workflow but received ${JSON.stringify(received)}.`,
  );
}
