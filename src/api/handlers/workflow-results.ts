// PostWorkflowResults: what the models of a workflow say of images and texts.

import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { OutputConfig, WorkflowNode, WorkflowResultSchema } from "#proto/api/resources_pb";
import type { App, Engine } from "../../engine/engine.ts";
import { newId } from "../../engine/library/ids.ts";
import type { AppError } from "../../errors.ts";
import { OK, toStatus } from "../status.ts";
import { requireBatch } from "./batch.ts";
import type { Handlers } from "./handlers.ts";
import { appOf, toOverallStatus, tryPredict } from "./model-outputs.ts";
import { findModel } from "./named-model.ts";
import { type Embedded, embedInputs } from "./prediction-inputs.ts";
import { type Predictor, toPredictor } from "./predictors.ts";
import { toWorkflow } from "./to-workflow.ts";
import { ownerOf, toBaseNodes } from "./workflow-nodes.ts";
import { getVersion } from "./workflow-record.ts";
import { findWorkflow, type NamedWorkflow, noSuchVersion, toMessage } from "./workflows.ts";

type Result = MessageInitShape<typeof WorkflowResultSchema>;
type Step = { readonly node: WorkflowNode; readonly predictor: Predictor };

export function workflowResultHandlers(current: Engine): Handlers {
  return {
    async postWorkflowResults(request, call) {
      const engine = current.pin();
      const { userAppId, workflowId, versionId, inputs, outputConfig } = request;
      requireBatch("inputs", inputs.length);
      const app = await appOf(engine, userAppId);
      const named = await findWorkflow(engine, userAppId, workflowId);
      const { nodes, workflow } = await pick(engine, named, versionId);
      const steps = await Promise.all(nodes.map((node) => toStep(engine, app, node, outputConfig)));
      const embedded = await embedInputs(engine, app, inputs, call.signal);
      const results = await Promise.all(embedded.map((input) => run(steps, input)));
      const failures = results.flatMap(({ error }) => (error ? [error] : []));
      const unknown = [...new Set(steps.flatMap(({ predictor }) => predictor.unknown))];
      return {
        status: toOverallStatus(failures, results.length, unknown),
        workflow,
        results: results.map(({ result }) => result),
      };
    },
  };
}

async function pick(engine: Engine, named: NamedWorkflow, versionId: string) {
  if (named.kind === "base") return { nodes: toBaseNodes(named.base), workflow: toMessage(named) };
  const { app, workflow } = named;
  const version =
    versionId === "" ? workflow.version : await getVersion(engine, app, workflow.id, versionId);
  if (version === undefined) throw noSuchVersion(workflow.id, versionId);
  return { nodes: version.nodes, workflow: toWorkflow(app, workflow, version) };
}

// What the request says of outputs goes before what the node says.
async function toStep(
  engine: Engine,
  app: App | undefined,
  node: WorkflowNode,
  given: OutputConfig | undefined,
): Promise<Step> {
  const { id = "", modelVersion } = node.model ?? {};
  const owner = node.model && app ? ownerOf(app, node.model) : node.model;
  const named = await findModel(engine, owner, id, modelVersion?.id ?? "");
  const config = given ?? node.outputInfoOverride?.outputConfig;
  return { node, predictor: await toPredictor(engine, named, id, config) };
}

// The first node that fails ends the input: later ones may need what it did not give.
async function run(
  steps: readonly Step[],
  input: Embedded,
): Promise<{ readonly result: Result; readonly error?: AppError }> {
  const outputs = [];
  let error: AppError | undefined;
  for (const { node, predictor } of steps) {
    const { output, error: failure } = await tryPredict(predictor, input);
    if (!node.suppressOutput) outputs.push(output);
    error = failure;
    if (error) break;
  }
  const result = {
    id: newId(),
    status: error ? toStatus(error) : OK,
    createdAt: timestampFromDate(new Date()),
    input: input.echo,
    outputs,
  };
  return { result, ...(error && { error }) };
}
