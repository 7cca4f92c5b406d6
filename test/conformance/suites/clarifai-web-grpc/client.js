// clarifai-web-grpc's stub, promised, and its messages. It runs in browsers: Node lends it an XMLHttpRequest.
import "./xml-http-request.js";
import { ClarifaiStub } from "clarifai-web-grpc";
import resources from "clarifai-web-grpc/proto/clarifai/api/resources_pb.js";
import requests from "clarifai-web-grpc/proto/clarifai/api/service_pb.js";
import { afterAll, expect } from "vitest";
import { eventually, key, uniqueId, url } from "../server.js";

export { requests, resources };

const stub = ClarifaiStub.grpc(url);
export const AUTHORIZATION = { authorization: `Key ${key}` };

/** The answer of one rpc, whatever its status. `method`: "postInputs". */
export function ask(method, request, headers = AUTHORIZATION) {
  return new Promise((resolve, reject) => {
    stub[method](request, headers, (error, response) =>
      error ? reject(error) : resolve(response.toObject()),
    );
  });
}

/** The answer of one rpc that must succeed. */
async function call(method, request) {
  const response = await ask(method, request);
  expect(response.status, `${method}: ${JSON.stringify(response)}`).toMatchObject({ code: 10000 });
  return response;
}

/** A message with fields set: `make(Class, {id: "x", conceptsList: [...]})`. */
export function make(Message, fields = {}) {
  const message = new Message();
  for (const [name, value] of Object.entries(fields)) {
    message[`set${name[0].toUpperCase()}${name.slice(1)}`](value);
  }
  return message;
}

/** A new app, deleted after the file's tests. */
export async function createApp(defaultWorkflowId = "Universal") {
  const id = uniqueId("app");
  const userAppId = () => make(resources.UserAppIDSet, { userId: "me", appId: id });
  const app = make(resources.App, { id, defaultWorkflowId });
  await call(
    "postApps",
    make(requests.PostAppsRequest, { userAppId: userAppId(), appsList: [app] }),
  );
  afterAll(() => ask("deleteApp", make(requests.DeleteAppRequest, { userAppId: userAppId() })));
  const inApp = (method, Request, fields) =>
    call(method, make(Request, { userAppId: userAppId(), ...fields }));
  return {
    id,
    userAppId,
    call: inApp,
    async add(inputsList) {
      const { inputsList: posted } = await inApp("postInputs", requests.PostInputsRequest, {
        inputsList,
      });
      await eventually(async () => {
        const { counts } = await inApp("getInputCount", requests.GetInputCountRequest, {});
        return counts.toProcess + counts.processing === 0;
      }, "no input to wait for");
      return posted;
    },
    /** Hits among inputs. */
    async search(ranks, filters = [], more = {}) {
      const query = make(resources.Query, { ranksList: ranks, filtersList: filters });
      const { hitsList } = await inApp("postInputsSearches", requests.PostInputsSearchesRequest, {
        searchesList: [make(resources.Search, { query, ...more })],
      });
      return hitsList;
    },
  };
}

export function ids(hits) {
  return hits.map((hit) => hit.input.id);
}
