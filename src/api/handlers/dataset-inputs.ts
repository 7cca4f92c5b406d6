// Inputs of datasets: add by id or by search, list, get, take out.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type DatasetInputSchema, InputSchema } from "#proto/api/resources_pb";
import type {
  MultiDatasetInputResponseSchema,
  PostDatasetInputsRequest,
} from "#proto/api/service_pb";
import { StatusCode } from "#proto/api/status/status_code_pb";
import { StatusSchema } from "#proto/api/status/status_pb";
import type { App, Engine, Input } from "../../engine/engine.ts";
import type { Dataset } from "../../engine/library/datasets.ts";
import { noSuchId } from "../../engine/library/ids.ts";
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";
import { OK, type Status, toBatchStatus, toStatus } from "../status.ts";
import { resolveApp } from "./app.ts";
import { findDataset } from "./datasets.ts";
import type { Call, Handlers } from "./handlers.ts";
import { toWindow } from "./pagination.ts";
import { foundIds } from "./searches.ts";
import { toInputs } from "./to-input.ts";

type Message = MessageInitShape<typeof DatasetInputSchema>;

export function datasetInputHandlers(engine: Engine): Handlers {
  return {
    async postDatasetInputs(request, call) {
      const app = await resolveApp(engine, request.userAppId);
      const dataset = await findDataset(engine, app, request.datasetId);
      const { search } = request;
      if (search !== undefined) {
        const ids = await foundIds(engine, app, search, call);
        await engine.datasets.add(app, dataset, ids);
        return { status: OK };
      }
      return add(engine, app, dataset, toIds(request), call);
    },

    async listDatasetInputs(request, call) {
      const app = await resolveApp(engine, request.userAppId);
      const dataset = await findDataset(engine, app, request.datasetId);
      const found = await engine.datasets.inputs(dataset, toWindow(request));
      return { status: OK, datasetInputs: await toMessages(engine, app, found, call) };
    },

    async getDatasetInput({ userAppId, datasetId, inputId }, call) {
      const app = await resolveApp(engine, userAppId);
      const dataset = await findDataset(engine, app, datasetId);
      const page = { offset: 0, limit: 1, ids: [inputId] };
      const found = await engine.datasets.inputs(dataset, page);
      const [datasetInput] = await toMessages(engine, app, found, call);
      if (datasetInput === undefined) throw noSuchId(inputId, `an input of dataset ${datasetId}`);
      return { status: OK, datasetInput };
    },

    async deleteDatasetInputs({ userAppId, datasetId, inputIds }) {
      const app = await resolveApp(engine, userAppId);
      const dataset = await findDataset(engine, app, datasetId);
      await engine.datasets.remove(app, dataset, inputIds);
      return { status: OK };
    },
  };
}

function toIds({ datasetInputs }: PostDatasetInputsRequest): string[] {
  const { length } = datasetInputs;
  if (length >= 1 && length <= LIMITS.pageSizeMax) {
    return datasetInputs.map(({ input }) => input?.id ?? "");
  }
  throw new AppError(
    "invalid_request",
    `Expected a search or 1 to ${LIMITS.pageSizeMax} dataset_inputs but received ${length}.`,
  );
}

// Every one carries its own status: added, in it already, or no such input.
async function add(
  engine: Engine,
  app: App,
  dataset: Dataset,
  ids: readonly string[],
  call: Call,
): Promise<MessageInitShape<typeof MultiDatasetInputResponseSchema>> {
  const results = await engine.datasets.add(app, dataset, ids);
  const page = { offset: 0, limit: ids.length, ids };
  const found = await toMessages(engine, app, await engine.datasets.inputs(dataset, page), call);
  const byId = new Map(found.map((message) => [message.input?.id, message]));
  const datasetInputs = ids.map((id, i) => {
    const { input = { id }, ...rest } = byId.get(id) ?? {};
    const status = create(StatusSchema, toAddedStatus(id, results[i]));
    return { ...rest, input: Object.assign(create(InputSchema, input), { status }) };
  });
  const failed = results.filter((isNew) => isNew !== true).length;
  return { status: toBatchStatus(failed, ids.length, "dataset inputs"), datasetInputs };
}

function toAddedStatus(id: string, isNew: boolean | undefined): Status {
  if (isNew === undefined) return toStatus(noSuchId(id, "an input"));
  return isNew
    ? { code: StatusCode.DATASET_INPUT_SUCCESS, description: "Dataset input added" }
    : {
        code: StatusCode.DATASET_INPUT_DUPLICATE,
        description: `Expected a new input for the dataset but received ${id}, which is in it.`,
      };
}

async function toMessages(
  engine: Engine,
  app: App,
  found: readonly { readonly input: Input; readonly addedAt: Date }[],
  call: Call,
): Promise<Message[]> {
  const inputs = await toInputs(
    engine,
    app,
    found.map(({ input }) => input),
    call.baseUrl,
  );
  return found.map(({ addedAt }, i) => ({
    createdAt: timestampFromDate(addedAt),
    input: inputs[i]!,
  }));
}
