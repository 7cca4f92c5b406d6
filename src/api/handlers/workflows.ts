// Workflows: make, get, list, change, delete, and their versions. Those of clarifai/main can be read from every app.
import type { MessageShape } from "@bufbuild/protobuf";
import type { UserAppIDSet, WorkflowSchema } from "#proto/api/resources_pb";
import type { ListWorkflowsRequest } from "#proto/api/service_pb";
import type { App, Engine } from "../../engine/engine.ts";
import { newId, noSuchId } from "../../engine/library/ids.ts";
import { AppError } from "../../errors.ts";
import { OK } from "../status.ts";
import { isMain, resolveApp } from "./app.ts";
import { requireBatch } from "./batch.ts";
import type { Handlers } from "./handlers.ts";
import { EVERYTHING, type Listing, listed } from "./listing.ts";
import { BASE_SINCE, BASE_WORKFLOWS, type BaseWorkflow, findBaseWorkflow } from "./main-app.ts";
import { toWindow } from "./pagination.ts";
import { patchBody } from "./patch-body.ts";
import { toBaseWorkflow, toWorkflow, toWorkflowVersion } from "./to-workflow.ts";
import { checkNodes } from "./workflow-nodes.ts";
import {
  changeWorkflow,
  createWorkflow,
  getVersion,
  getWorkflow,
  listVersions,
  listWorkflows,
  toDetails,
  type Workflow,
} from "./workflow-record.ts";

type Message = MessageShape<typeof WorkflowSchema>;

export type NamedWorkflow =
  | { readonly kind: "base"; readonly base: BaseWorkflow }
  | { readonly kind: "own"; readonly app: App; readonly workflow: Workflow };

export function workflowHandlers(engine: Engine): Handlers {
  return {
    async postWorkflows({ userAppId, workflows }) {
      requireBatch("workflows", workflows.length);
      const app = await resolveApp(engine, userAppId);
      const given = [];
      for (const workflow of workflows) {
        const nodes = await checkNodes(engine, app, workflow.nodes);
        given.push({ id: workflow.id || newId(), details: toDetails(workflow), nodes });
      }
      const created: Message[] = [];
      for (const each of given) {
        created.push(toWorkflow(app, await createWorkflow(engine, app, each)));
      }
      return { status: OK, workflows: created };
    },

    async getWorkflow({ userAppId, workflowId }) {
      const named = await findWorkflow(engine, userAppId, workflowId);
      return { status: OK, workflow: toMessage(named) };
    },

    async listWorkflows(request) {
      return { status: OK, workflows: await list(engine, request) };
    },

    async patchWorkflows({ userAppId, workflows, action }) {
      requireBatch("workflows", workflows.length);
      const app = await resolveApp(engine, userAppId);
      const changes = [];
      for (const patch of workflows) {
        const workflow = await getWorkflow(engine, app, patch.id);
        if (workflow === undefined) throw noSuchId(patch.id, "a workflow");
        const details = patchBody(workflow.details, toDetails(patch), action);
        const nodes =
          patch.nodes.length > 0 ? await checkNodes(engine, app, patch.nodes) : undefined;
        changes.push({ workflow, change: { details, nodes } });
      }
      const changed: Message[] = [];
      for (const { workflow, change } of changes) {
        changed.push(toWorkflow(app, await changeWorkflow(engine, app, workflow, change)));
      }
      return { status: OK, workflows: changed };
    },

    async deleteWorkflow({ userAppId, workflowId }) {
      const app = await resolveApp(engine, userAppId);
      const count = await engine.records.delete(app, { kind: "workflow" }, [workflowId]);
      if (count === 0) throw noSuchId(workflowId, "a workflow");
      return { status: OK };
    },

    async deleteWorkflows({ userAppId, ids, deleteAll }) {
      const app = await resolveApp(engine, userAppId);
      if (deleteAll && ids.length > 0) {
        throw new AppError("invalid_request", "Expected ids or delete_all but received both.");
      }
      if (deleteAll || ids.length > 0) {
        await engine.records.delete(app, { kind: "workflow" }, deleteAll ? undefined : ids);
      }
      return { status: OK };
    },

    async listWorkflowVersions(request) {
      const { app, workflow } = await findOwn(engine, request.userAppId, request.workflowId);
      const versions = await listVersions(engine, app, workflow.id, toWindow(request));
      return {
        status: OK,
        workflowVersions: versions.map((version) => toWorkflowVersion(app, workflow.id, version)),
      };
    },

    async getWorkflowVersion({ userAppId, workflowId, workflowVersionId }) {
      const { app, workflow } = await findOwn(engine, userAppId, workflowId);
      const version = await getVersion(engine, app, workflow.id, workflowVersionId);
      if (version === undefined) throw noSuchVersion(workflowId, workflowVersionId);
      return { status: OK, workflowVersion: toWorkflowVersion(app, workflow.id, version) };
    },

    async deleteWorkflowVersions({ userAppId, workflowId, workflowVersionIds }) {
      const { app, workflow } = await findOwn(engine, userAppId, workflowId);
      const family = { kind: "workflow-version", parent: workflow.id } as const;
      const count = await engine.records.delete(app, family, workflowVersionIds);
      if (count === 0 && workflowVersionIds.length > 0) {
        throw noSuchVersion(workflowId, workflowVersionIds.join(", "));
      }
      return { status: OK };
    },
  };
}

/** An app's own workflow hides one of clarifai/main of the same id. @throws AppError "not_found" */
export async function findWorkflow(
  engine: Engine,
  named: UserAppIDSet | undefined,
  id: string,
): Promise<NamedWorkflow> {
  if (!isMain(named)) {
    const app = await resolveApp(engine, named);
    const workflow = await getWorkflow(engine, app, id);
    if (workflow !== undefined) return { kind: "own", app, workflow };
  }
  const base = findBaseWorkflow(id);
  if (base === undefined) throw noSuchId(id, "a workflow");
  return { kind: "base", base };
}

export function toMessage(named: NamedWorkflow): Message {
  return named.kind === "base" ? toBaseWorkflow(named.base) : toWorkflow(named.app, named.workflow);
}

/** The error of a version id that names nothing. */
export function noSuchVersion(workflowId: string, id: string): AppError {
  return noSuchId(id, `a version of workflow ${workflowId}`);
}

// Workflows of clarifai/main have no versions.
async function findOwn(engine: Engine, named: UserAppIDSet | undefined, id: string) {
  const app = await resolveApp(engine, named);
  const workflow = await getWorkflow(engine, app, id);
  if (workflow === undefined) throw noSuchId(id, "a workflow");
  return { app, workflow };
}

async function list(engine: Engine, request: ListWorkflowsRequest): Promise<Message[]> {
  // Nobody stars or bookmarks workflows here.
  if (request.starredOnly || request.bookmark) return [];
  const { userAppId, sortBy, sortAscending } = request;
  const { search, query, searchTerm, id } = request;
  const listing: Listing = {
    ...toWindow(request),
    // Three fields of different age for the same.
    search: [search, query, searchTerm].filter(Boolean).join(" "),
    name: id,
    sortBy,
    sortAscending,
  };
  if (isMain(userAppId)) return listBase(listing);
  if (userAppId !== undefined) return listOwn(engine, userAppId, listing);
  // The Node SDK never says which app it means, not even when it means clarifai/main.
  const { offset, limit } = listing;
  const all = { ...listing, offset: 0, limit: offset + limit };
  const found = [...(await listOwn(engine, userAppId, all)), ...listBase(all)];
  return found.slice(offset, offset + limit);
}

async function listOwn(
  engine: Engine,
  named: UserAppIDSet | undefined,
  listing: Listing,
): Promise<Message[]> {
  const app = await resolveApp(engine, named);
  const all = await listWorkflows(engine, app, EVERYTHING);
  const rows = all.map((workflow, row) => ({ ...workflow, row, workflow }));
  return listed(rows, listing).map(({ workflow }) => toWorkflow(app, workflow));
}

function listBase(listing: Listing): Message[] {
  const rows = BASE_WORKFLOWS.map((base, i) => ({
    row: -i,
    id: base.id,
    base,
    details: {},
    createdAt: BASE_SINCE,
    modifiedAt: BASE_SINCE,
  }));
  return listed(rows, { ...listing, sortBy: {}, sortAscending: false }).map(({ base }) =>
    toBaseWorkflow(base),
  );
}
