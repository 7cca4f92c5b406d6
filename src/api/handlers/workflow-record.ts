// Workflows of an app <-> records. What a workflow does stands in its versions: a new one each time it changes.
import { fromJson, type JsonValue, type MessageShape, toJson } from "@bufbuild/protobuf";
import {
  type Workflow as WorkflowMessage,
  type WorkflowNode,
  WorkflowNodeSchema,
  WorkflowSchema,
} from "#proto/api/resources_pb";
import type { App, Engine, Json } from "../../engine/engine.ts";
import { newId } from "../../engine/library/ids.ts";
import type { StoredRecord } from "../../engine/library/records.ts";
import { toBody } from "./body.ts";

/** A workflow with its newest version. */
export type Workflow = {
  readonly id: string;
  readonly details: Json;
  readonly version: WorkflowVersion;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
};

export type WorkflowVersion = {
  readonly id: string;
  readonly nodes: readonly WorkflowNode[];
  readonly createdAt: Date;
  readonly modifiedAt: Date;
};

const OURS = new Set([
  "id",
  "appId",
  "userId",
  "createdAt",
  "modifiedAt",
  "nodes",
  "version",
  "isStarred",
  "starCount",
]);

/** What the server does not interpret. */
export function toDetails(workflow: WorkflowMessage): Json {
  return toBody(WorkflowSchema, workflow, OURS);
}

/** @throws AppError "id_exists", "invalid_request" for an id that is no id */
export async function createWorkflow(
  { records }: Engine,
  app: App,
  given: { readonly id: string; readonly details: Json; readonly nodes: readonly WorkflowNode[] },
): Promise<Workflow> {
  const record = await records.create(app, { kind: "workflow", id: given.id }, given.details);
  return toWorkflow(record, await createVersion(records, app, given.id, given.nodes));
}

export async function getWorkflow(
  { records }: Engine,
  app: App,
  id: string,
): Promise<Workflow | undefined> {
  const record = await records.get(app, { kind: "workflow", id });
  return record && withLatest(records, app, record);
}

/** Oldest first. */
export async function listWorkflows(
  { records }: Engine,
  app: App,
  page: { readonly offset: number; readonly limit: number },
): Promise<readonly Workflow[]> {
  const found = await records.list(app, { kind: "workflow" }, page);
  return Promise.all(found.map((record) => withLatest(records, app, record)));
}

/** `nodes` undefined: they stay, and so does the version. */
export async function changeWorkflow(
  { records }: Engine,
  app: App,
  { id, version }: Workflow,
  change: { readonly details: Json; readonly nodes: readonly WorkflowNode[] | undefined },
): Promise<Workflow> {
  const record = await records.update(app, { kind: "workflow", id }, change.details);
  const newest =
    change.nodes === undefined ? version : await createVersion(records, app, id, change.nodes);
  return toWorkflow(record, newest);
}

/** Newest first. */
export async function listVersions(
  { records }: Engine,
  app: App,
  workflowId: string,
  page: { readonly offset: number; readonly limit: number },
): Promise<readonly WorkflowVersion[]> {
  const family = { kind: "workflow-version", parent: workflowId } as const;
  return (await records.list(app, family, { ...page, newestFirst: true })).map(toVersion);
}

export async function getVersion(
  { records }: Engine,
  app: App,
  workflowId: string,
  id: string,
): Promise<WorkflowVersion | undefined> {
  const record = await records.get(app, { kind: "workflow-version", parent: workflowId, id });
  return record && toVersion(record);
}

type Records = Engine["records"];

async function createVersion(
  records: Records,
  app: App,
  workflowId: string,
  nodes: readonly WorkflowNode[],
): Promise<WorkflowVersion> {
  const key = { kind: "workflow-version", parent: workflowId, id: newId() } as const;
  const body = { nodes: nodes.map((node) => toJson(WorkflowNodeSchema, node)) };
  return toVersion(await records.create(app, key, body));
}

async function withLatest(records: Records, app: App, record: StoredRecord): Promise<Workflow> {
  const family = { kind: "workflow-version", parent: record.id } as const;
  const [latest] = await records.list(app, family, { offset: 0, limit: 1, newestFirst: true });
  // All versions deleted: a workflow that does nothing.
  const { createdAt, modifiedAt } = record;
  const version = latest ? toVersion(latest) : { id: "", nodes: [], createdAt, modifiedAt };
  return toWorkflow(record, version);
}

function toWorkflow(record: StoredRecord, version: WorkflowVersion): Workflow {
  const { id, body: details, createdAt, modifiedAt } = record;
  return { id, details, version, createdAt, modifiedAt };
}

// createVersion wrote it.
function toVersion({ id, body, createdAt, modifiedAt }: StoredRecord): WorkflowVersion {
  const nodes = (body.nodes as JsonValue[]).map(
    (node): MessageShape<typeof WorkflowNodeSchema> =>
      fromJson(WorkflowNodeSchema, node, { ignoreUnknownFields: true }),
  );
  return { id, nodes, createdAt, modifiedAt };
}
