// clarifai-nodejs-grpc's stub as its README makes it; and an app with pictures for the tests of one file.
import grpcClient from "clarifai-nodejs-grpc";
import { afterAll, expect } from "vitest";
import { eventually, key, uniqueId, url } from "../server.js";

const { ClarifaiStub, grpc } = grpcClient;
const OK = 10000;
const MESSAGE_BYTES = 2 ** 30;

const stub = openStub();
afterAll(() => stub.close());

/** The stub speaks TLS only; its class can be opened without. */
function openStub() {
  const { port } = new URL(url);
  const secure = ClarifaiStub.grpc(`localhost:${port}`);
  if (process.env.CONFORMANCE_TLS) return secure;
  secure.close();
  return new secure.constructor(`localhost:${port}`, grpc.credentials.createInsecure(), {
    "grpc.max_receive_message_length": MESSAGE_BYTES,
    "grpc.max_send_message_length": MESSAGE_BYTES,
  });
}

/** The answer of one rpc, whatever its status. */
export function ask(method, request, accessKey = key) {
  const metadata = new grpc.Metadata();
  metadata.set("authorization", `Key ${accessKey}`);
  return new Promise((resolve, reject) => {
    stub[method](request, metadata, (error, response) =>
      error ? reject(error) : resolve(response),
    );
  });
}

/** The answer of one rpc that must succeed. */
export async function call(method, request) {
  const response = await ask(method, request);
  expect(response.status, `${method}: ${JSON.stringify(response)}`).toMatchObject({ code: OK });
  return response;
}

/** A new app, deleted after the file's tests. */
export async function createApp(baseWorkflow = "Universal") {
  const user_app_id = { user_id: "me", app_id: uniqueId("app") };
  const default_workflow = { id: baseWorkflow, app_id: "main", user_id: "clarifai" };
  await call("PostApps", {
    user_app_id: { user_id: "me" },
    apps: [{ id: user_app_id.app_id, default_workflow }],
  });
  afterAll(() => ask("DeleteApp", { user_app_id }));
  const inApp = (method, request = {}) => call(method, { user_app_id, ...request });
  return {
    id: user_app_id.app_id,
    userAppId: user_app_id,
    call: inApp,
    ask: (method, request = {}) => ask(method, { user_app_id, ...request }),
    /** Posts inputs and waits until each is searchable or has failed. */
    async add(inputs) {
      const posted = await inApp("PostInputs", { inputs });
      await eventually(async () => {
        const { counts } = await inApp("GetInputCount");
        return counts.to_process + counts.processing === 0;
      }, "no input to wait for");
      return posted.inputs;
    },
    /** Hits of one search. `query`: {ranks, filters, ...}; `search`: what else stands beside it. */
    async search(query, { pagination = { page: 1, per_page: 1000 }, ...search } = {}) {
      const response = await inApp("PostInputsSearches", {
        searches: [{ query, ...search }],
        pagination,
      });
      return response.hits;
    },
  };
}

/** Ids of the inputs of hits, in order. */
export function ids(hits) {
  return hits.map((hit) => hit.input.id);
}

/** What a status says to people. */
export function said({ description, details }) {
  return `${description} ${details}`;
}

/** JSON -> google.protobuf.Struct as this client wants it: its loader has that type in camel case. */
export function struct(object) {
  const fields = Object.entries(object).map(([name, value]) => [name, toValue(value)]);
  return { fields: Object.fromEntries(fields) };
}

function toValue(value) {
  if (value === null) return { nullValue: 0 };
  if (Array.isArray(value)) return { listValue: { values: value.map(toValue) } };
  if (typeof value === "object") return { structValue: struct(value) };
  return { [`${typeof value === "boolean" ? "bool" : typeof value}Value`]: value };
}
